"""An alert as a person reads it in e-mail: what happened, where and when, why this reader gets it, how to end it.

Titles come from hostile pages: each of their texts stays on a line of its own, and none hides or forges another.
"""

from shared.domain.messages import Alert, Change, Mention
from shared.letters.moments import published_in_words
from shared.letters.plain_text import plain
from shared.letters.subject import OPENINGS

TO_CHANGE = (
    "To end this subscription, follow the link that Amazon SNS puts below. To change it, subscribe again:\n"
    "clipwire subscribe YOU@EXAMPLE.ORG --topic TOPIC"
)
GONE = "The page is gone, or no article any more. What you were told of it may not hold."
WHY_AGAIN = "You get this because you were told of it before: of everything, or of one of these:"
WHY_EVERYTHING = "You get this because you asked for everything."
WHY = "You get this because you asked for everything, or for one of these:"


def letter(alert: Alert) -> str:
    """The e-mail's text."""
    parts = [
        OPENINGS.get(alert.kind, "") + (plain(alert.title) or "(the page gives no title)"),
        "\n".join(changes_in_words(alert)),
        plain(alert.summary or alert.standfirst),
        source_line(alert),
        "\n".join(reasons(alert)),
        plain(alert.url),
        "\n".join(other_pages(alert)),
        TO_CHANGE,
        f"Clipwire record {alert.document_id} · {alert.kind} · {alert.source_key!r}",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def changes_in_words(alert: Alert) -> list[str]:
    """What is otherwise than it was told, one change a line: `Number: 14 wounded (before: 12 wounded)`."""
    if alert.kind == "withdrawn":
        return [GONE]
    return [change_in_words(change) for change in alert.changes]


def change_in_words(change: Change) -> str:
    """`Number: 14 wounded (before: 12 wounded)`."""
    before = f" (before: {plain(change.before)})" if plain(change.before) else ""
    return f"{change.what.capitalize()}: {plain(change.after)}{before}"


def other_pages(alert: Alert) -> list[str]:
    """Where else the story stands, as far as readers were told, and a story that may be the same."""
    lines = [f"Also in: {page}" for page in map(page_in_words, alert.also_in) if page]
    if alert.perhaps_same_story:
        pages = [page for page in map(page_in_words, alert.perhaps_in) if page]
        lines += [f"Perhaps one story with: {page}" for page in pages or [f"clipwire story {alert.perhaps_same_story}"]]
    return lines


def page_in_words(page: Mention) -> str:
    """`Coast News · https://coast.example/1`."""
    return " · ".join(plain(part) for part in (page.site, page.url) if plain(part))


def source_line(alert: Alert) -> str:
    """`Harbour Post · 1 May 2025, 08:45 (UTC+05:30)`."""
    when = published_in_words(alert.published_at) if alert.published_at else ""
    return " · ".join(plain(part) for part in (alert.site, when) if plain(part))


def reasons(alert: Alert) -> list[str]:
    """Why a reader gets it: who asked for everything, or for what the alert belongs to."""
    told_before = alert.kind not in {"new", "updated"}
    found = matched(alert) + ([f"Site {plain(alert.site)}"] if plain(alert.site) else [])
    if not found:
        return [WHY_EVERYTHING]
    return [WHY_AGAIN if told_before else WHY, *found]


def matched(alert: Alert) -> list[str]:
    """The topics with the words that led to them, and the rules with the sentences that they matched."""
    found = [f"Topic {slug}: {plain(alert.topic_evidence.get(slug, ''))}".rstrip(": ") for slug in alert.topics]
    found += [f"Rule {plain(rule)}: {plain(sentence)}".rstrip(": ") for rule, sentence in alert.rules.items()]
    if alert.rules_unlisted:
        found.append(f"{alert.rules_unlisted} rules more matched, too many to name here. Yours may be one of them.")
    return found
