"""What readers would have been sent in the last days, beside what one alert for each page would have been."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from functions.enrich.stories import in_memory_joiner
from functions.notify.telling.notices import MAX_CLOSING_PARAGRAPHS, MAX_OPENING_PARAGRAPHS
from infra.cli.screen.output import err, out, table, words
from infra.intake.listing import counted as counted_noun
from infra.operate.replay import Replay, Replayed
from shared.domain.digests import Digest
from shared.domain.documents import Record
from shared.domain.views import views_of
from shared.ports import AskedView

BAR_COLUMNS = 30  # of the longest bar, by judgement
DAY_LENGTH = 10  # characters of `2026-11-26`


@dataclass(frozen=True)
class Wish:
    """What somebody would subscribe to: views, languages (none are all), and a digest in place of single alerts."""

    views: Sequence[str]
    languages: Sequence[str] = ()
    digest: Digest | None = None
    most: int | None = None

    def asked(self) -> Mapping[str, AskedView]:
        digests = (self.digest.name,) if self.digest else ()
        return {view: AskedView(view, most=0 if self.digest else self.most, digests=digests) for view in self.views}

    def wants(self, record: Record) -> bool:
        """Whether the page alone would have been alerted of."""
        is_language = not self.languages or record.language in self.languages
        return is_language and not record.alerts_off and not set(self.views).isdisjoint(views_of(record))


@dataclass(frozen=True)
class Backtest:
    """What a wish would have brought: `singly` by kind of alert, `letters` with so many stories in all, by day."""

    pages: int
    singly: Mapping[str, int]
    letters: int
    stories_in_letters: int
    by_day: Mapping[str, int] = field(default_factory=dict)

    @property
    def messages(self) -> int:
        return sum(self.singly.values()) + self.letters

    def document(self) -> dict[str, Any]:
        """For scripts."""
        counts = {"messages": self.messages, "alerts": dict(self.singly), "letters": self.letters}
        return {
            **counts,
            "stories_in_letters": self.stories_in_letters,
            "one_alert_a_page": self.pages,
            "by_day": dict(self.by_day),
        }


def backtest(records: Iterable[Record], wish: Wish, most: int) -> Backtest:
    """Replays records, the oldest first, as if the wish had been there. `most` is the stack's limit an hour."""
    joined = [with_story(record, story_of) for story_of in [in_memory_joiner()] for record in in_order(records)]
    digests = [wish.digest.model_copy(update={"begun_at": ""})] if wish.digest else []
    return counted(joined, wish, Replay(wish.asked(), digests, most).run(joined))


def in_order(records: Iterable[Record]) -> list[Record]:
    return sorted(records, key=lambda record: (record.processed_at, record.document_id))


def with_story(record: Record, story_of: Callable[[Mapping[str, Any]], str]) -> Record:
    """A record from before there were stories gets the one that it would have joined."""
    if record.story_id:
        return record
    article = {
        "id": record.document_id,
        "title": record.title or "",
        "text": record.text or "",
        "published_at": record.published_at or record.processed_at,
        "lang": record.language or "",
        "url": record.url or "",
    }
    return record.model_copy(update={"story_id": story_of(article)})


def counted(records: Sequence[Record], wish: Wish, sent: Replayed) -> Backtest:
    """Of what was sent, what this wish brings: with a digest its letters alone."""
    alerts = [
        alert
        for alert in sent.alerts
        if not wish.digest and not set(wish.views).isdisjoint(alert.first_for)
        if not wish.languages or alert.language in wish.languages
    ]
    name = wish.digest.name if wish.digest else ""
    letters = [letter for letter in sent.letters if letter.digest == name]
    days = [alert.processed_at[:DAY_LENGTH] for alert in alerts] + [letter.until[:DAY_LENGTH] for letter in letters]
    return Backtest(
        pages=sum(wish.wants(record) for record in records),
        singly=Counter(alert.kind for alert in alerts),
        letters=len(letters),
        stories_in_letters=sum(len(letter.stories) for letter in letters),
        by_day=Counter(sorted(days)),
    )


def lean(record: Record) -> Record:
    """The record with as much of its text as telling looks at, so that thousands of them fit in memory."""
    paragraphs = [line for line in (record.text or "").split("\n") if line.strip()]
    ends = paragraphs[:MAX_OPENING_PARAGRAPHS] + paragraphs[MAX_OPENING_PARAGRAPHS:][-MAX_CLOSING_PARAGRAPHS:]
    keeps = ends if record.story_id else paragraphs  # a record without a story is still to be joined by all of it
    return record.model_copy(update={"text": "\n\n".join(keeps), "sections": None})


def show(found: Backtest, days: int) -> None:
    """For people: what would have been sent, and one bar for each day."""
    kinds = ", ".join(f"{number} {kind}" for kind, number in sorted(found.singly.items()))
    singly = sum(found.singly.values())
    parts = [f"{counted_noun(singly, 'alert')} ({kinds})" if singly else "no alerts"]
    if found.letters:
        stories = "1 story" if found.stories_in_letters == 1 else f"{found.stories_in_letters} stories"
        parts.append(f"{counted_noun(found.letters, 'letter')} with {stories}")
    out.print(
        words(f"In {counted_noun(days, 'day')}: {' and '.join(parts)}. One alert a page would have been {found.pages}.")
    )
    most = max(found.by_day.values(), default=0)
    if most:
        rows = ((day, number, "█" * -(-number * BAR_COLUMNS // most)) for day, number in found.by_day.items())
        out.print(table("", ("day", "messages", ""), rows))
    if found.pages:
        err.print(
            words("A page counts once, as it is stored now: older versions and deleted pages are not kept.", "dim")
        )
