"""A digest as a person reads it in e-mail: one line for each story with its sources, newest first."""

from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from shared.domain.digests import DigestMessage, DigestStory
from shared.letters.letter import change_in_words
from shared.letters.moments import moment_in_words, published_in_words
from shared.letters.plain_text import clip_at_word, plain, to_ascii
from shared.letters.subject import MAX_SUBJECT_LENGTH, OPENINGS

OVER_THE_LIMIT = "More alerts came within the hour than are sent singly. These are the others."
TO_CHANGE = (
    "To end this subscription, follow the link that Amazon SNS puts below. To change it, subscribe again:\n"
    "clipwire subscribe YOU@EXAMPLE.ORG --topic TOPIC --digest daily --at 07:00"
)


def digest_subject(message: DigestMessage) -> str:
    """`topic:sport: 12 stories, 1 May 2025`, in ASCII."""
    asked = to_ascii(message.view or message.digest)
    end = f", {day_of(message)}" + (f", part {message.part}" if message.part > 1 else "")
    said = f": {count_stories(message)}{end}"
    return clip_at_word(asked, MAX_SUBJECT_LENGTH - len(said)) + said


def digest_letter(message: DigestMessage) -> str:
    """The e-mail's text."""
    head = f"{count_stories(message)} for {plain(message.view or message.digest)}"
    parts = [
        head[0].upper() + head[1:],
        window_in_words(message),
        OVER_THE_LIMIT if message.view else "",
        *("\n".join(story_lines(story)) for story in message.stories),
        TO_CHANGE,
        f"Clipwire digest {message.alert_id}",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def story_lines(story: DigestStory) -> Iterator[str]:
    """The headline, what changed, the sites that have it, what happened, and where each can be read."""
    sites = list(dict.fromkeys(plain(source.site) for source in story.sources if plain(source.site)))
    more = f" and {story.more_sources} more" if story.more_sources else ""
    when = published_in_words(story.published_at) if story.published_at else ""
    where = " · ".join(part for part in (", ".join(sites) + more, plain(when)) if part)
    yield OPENINGS.get(story.kind, "") + (plain(story.title) or "(the page gives no title)")
    yield from map(change_in_words, story.changes)
    yield from (line for line in (where, plain(story.summary)) if line)
    yield from (plain(source.url) for source in story.sources if plain(source.url))


def window_in_words(message: DigestMessage) -> str:
    """`From 30 April 2025, 07:00 to 1 May 2025, 07:00 Europe/Berlin`."""
    zone, name = ZoneInfo(message.zone), message.zone
    since, until = (datetime.fromisoformat(iso).timestamp() for iso in (message.since, message.until))
    return f"From {moment_in_words(since, zone, '').rstrip()} to {moment_in_words(until, zone, name)}"


def count_stories(message: DigestMessage) -> str:
    return "1 story" if len(message.stories) == 1 else f"{len(message.stories)} stories"


def day_of(message: DigestMessage) -> str:
    until = datetime.fromisoformat(message.until).astimezone(UTC).timestamp()
    return moment_in_words(until, ZoneInfo(message.zone), "").rpartition(",")[0]
