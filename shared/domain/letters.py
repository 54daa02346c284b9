"""An alert as a person reads it in e-mail.

Titles come from hostile pages: nothing in one reaches a header or hides text.
"""

import unicodedata

from shared.domain.messages import Alert

MAX_SUBJECT_LENGTH = 100  # ASCII characters: SNS's own limit
INVISIBLE_CATEGORIES = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def plain(text: str) -> str:
    """One line without control, bidirectional or invisible characters."""
    seen = (
        " " if unicodedata.category(c) in INVISIBLE_CATEGORIES and c in "\r\n\t\v\f\x85\u2028\u2029" else c
        for c in text
    )
    return " ".join("".join(c for c in seen if unicodedata.category(c) not in INVISIBLE_CATEGORIES).split())


def subject(alert: Alert) -> str:
    """At most 100 characters of ASCII, as SNS demands; a title in another script gives way to its topic and site."""
    title = plain(alert.title)
    readable = unicodedata.normalize("NFKD", title.translate(PLAIN_PUNCTUATION)).encode("ascii", "ignore").decode()
    readable = " ".join(
        readable.replace("=?", "= ?").split()
    )  # else mail decodes what stands between =? and ?=, unseen until then
    told = readable if 2 * len(readable) > len(title) else f"{'An' if alert.kind == 'new' else 'An updated'} article"
    start = f"{alert.topics[0]}: " if alert.topics else "Clipwire: "
    return clip_at_word(f"{start}{'' if alert.kind == 'new' else 'Updated: '}{told}", MAX_SUBJECT_LENGTH)


def letter(alert: Alert) -> str:
    """The e-mail's text: what happened, where, why this reader got it."""
    head = plain(alert.title) or "(the page gives no title)"
    lead = plain(alert.summary or alert.standfirst)
    where = " · ".join(plain(part) for part in (alert.site, alert.published_at or "", alert.language) if part)
    why = [f"Topic {slug}: {plain(alert.topic_evidence.get(slug, ''))}".rstrip(": ") for slug in alert.topics]
    why += [f"Rule {plain(rule)}: {plain(sentence)}".rstrip(": ") for rule, sentence in alert.rules.items()]
    if alert.rules_unlisted:
        why.append(f"{alert.rules_unlisted} rules more matched, too many to name here. Yours may be one of them.")
    parts = [
        head,
        where,
        lead,
        plain(alert.url),
        "\n".join(why),
        f"Clipwire record {alert.document_id} · {alert.kind} · {alert.source_key!r}",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


PLAIN_PUNCTUATION = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "..."})


def clip_at_word(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 3].rsplit(" ", 1)[0] + "..."
