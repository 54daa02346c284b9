"""A mail's subject: up to 100 characters of ASCII, as SNS demands, whatever script the title is in."""

from shared.domain.messages import Alert
from shared.letters.plain_text import clip_at_word, to_ascii

MAX_SUBJECT_LENGTH = 100  # ASCII characters: SNS's own limit
OPENINGS = {"updated": "Updated: ", "corrected": "Correction: ", "withdrawn": "Withdrawn: "}


def subject(alert: Alert) -> str:
    """The topic and the title in Latin letters, with the site where it has room.

    `politics: Correction: Gavan' golosuet (Harbour Post)`.
    """
    start = f"{to_ascii(alert.topics[0])}: " if alert.topics else "Clipwire: "
    site, title = to_ascii(alert.site), to_ascii(alert.title)
    said = start + OPENINGS.get(alert.kind, "") + (title or "a page without a title")
    with_site = f"{said} ({site})"
    return with_site if site and len(with_site) <= MAX_SUBJECT_LENGTH else clip_at_word(said, MAX_SUBJECT_LENGTH)
