"""A tick of the clock: the letters that are due, each once, whatever stops in between.

What waits was written by notify when it told of it, so nothing is looked for among the records. A letter is noted with
what it tells before it is sent, and again afterwards; whoever takes it over sends just the same under the same id.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from functions.digest.composition import (
    MAX_COPIES_READ,
    MAX_STORIES_BYTES,
    by_story,
    bytes_of,
    is_asked_for,
    line_of,
    newest_first,
    story_line,
)
from functions.digest.ports import Baskets, DigestPublisher, Members
from functions.digest.schedule import GRACE_SECONDS, last_end, window_before
from shared.domain.digests import Digest, DigestMessage, DigestStory, WaitingStory, Window, partition_of
from shared.domain.documents import Record
from shared.domain.errors import ClipwireError, Transient
from shared.domain.messages import Change
from shared.domain.told import story_of, told_by_digest
from shared.ports import AlertLedger, Ledger
from shared.telemetry import Telemetry
from shared.times import iso_utc

CLAIM_SECONDS = 180  # half as long again as the function may run (120 s), so that no worker outlives its claim
SECONDS_TO_SPARE = 30  # left of the function's time when no further digest is begun; by judgement: one takes a few
MAX_ATTEMPTS = 10  # to write a story's item that others write too; by judgement


@dataclass(frozen=True, slots=True)
class Basket:
    """What waits for one letter: of a digest that was asked for, or of a `view` that had more than its hour takes."""

    partition: str
    digest: Digest
    view: str = ""


@dataclass(frozen=True)
class SendDigests:
    """Collaborators of the function. Each digest is sent apart, and one that fails holds up no other."""

    baskets: Baskets
    ledger: Ledger
    alert_ledger: AlertLedger
    members: Members
    publisher: DigestPublisher
    telemetry: Telemetry
    now: Callable[[], float] = time.time

    def handle(self, seconds_left: Callable[[], float]) -> None:
        """Sends what is due, as far as time allows. Raises `Transient` at the end where something failed."""
        failed = 0
        for basket in self.all_baskets():
            if seconds_left() < SECONDS_TO_SPARE:
                self.telemetry.log.info("time is up: the next tick goes on")
                break
            try:
                self.send_due(basket)
            except ClipwireError as error:
                self.telemetry.failed(error)
                failed += 1
        if failed:
            raise Transient(f"{failed} digests could not be sent now; the next tick tries them again")

    def all_baskets(self) -> Iterator[Basket]:
        """Each digest, and each view that may have had too many alerts in an hour; what is muted waits until it is not.

        A digest is muted where all of its views are.
        """
        asked, now = self.baskets.asked_views(), self.now()
        muted = {wish.view for wish in asked if wish.muted_until > now}
        for digest in self.baskets.digests():
            if not muted.issuperset(digest.views):
                yield Basket(partition_of(digest.name), digest)
        for view in (wish.view for wish in asked if wish.view not in muted):
            yield Basket(view, Digest(name="", views=[view], rhythm="hourly"), view)

    def send_due(self, basket: Basket) -> None:
        """The letters of a basket that are due, part by part."""
        while True:
            window, waiting = self.baskets.load(basket.partition)
            if window.waiting and window.claimed_until > self.now():
                return
            taken = self.taken_over(window) if window.waiting else self.begun(basket, window, waiting)
            if taken is None or not self.baskets.replace(taken):
                return
            self.finish(basket, taken)

    def taken_over(self, window: Window) -> Window:
        """A letter whose worker stopped."""
        return window.after(claimed_until=int(self.now()) + CLAIM_SECONDS)

    def begun(self, basket: Basket, window: Window, waiting: Sequence[WaitingStory]) -> Window | None:
        """The next letter, if something is due: what fits in one message, story by story."""
        end = last_end(basket.digest, datetime.fromtimestamp(self.now() - GRACE_SECONDS, UTC))
        until = iso_utc(end.timestamp())
        chosen = self.fitting(basket, [row for row in waiting if row.held_at < until])
        if not chosen:
            return None
        since = max(iso_utc(window_before(basket.digest, end).timestamp()), basket.digest.begun_at)
        return window.after(
            since=since,
            until=until,
            part=window.part + 1 if window.until == until else 1,
            waiting=chosen,
            is_sent=False,
            claimed_until=int(self.now()) + CLAIM_SECONDS,
        )

    def fitting(self, basket: Basket, due: Sequence[WaitingStory]) -> list[WaitingStory]:
        """Whole stories, as many as one message has room for; at least one."""
        chosen: list[WaitingStory] = []
        room = MAX_STORIES_BYTES
        for rows in by_story(due).values():
            line = self.line_of(basket, rows)
            room -= bytes_of(line) if line else 0
            if room < 0 and chosen:
                break
            chosen += rows
        return chosen

    def finish(self, basket: Basket, window: Window) -> None:
        """Publishes the letter unless it was, notes that it is sent, and removes what it told."""
        if not window.is_sent:
            window = window.after(is_sent=True, told=self.publish(basket, window))
            if not self.baskets.replace(window):
                return
        if basket.view:
            self.note_told(basket.view, window)
        self.baskets.remove(basket.partition, window.waiting)
        self.baskets.replace(window.after(waiting=[], told=[], is_sent=False, claimed_until=0))

    def publish(self, basket: Basket, window: Window) -> list[WaitingStory]:
        """Sends the letter, if any of its stories is left to be told, and says which it told."""
        lines = [self.line_of(basket, rows) for rows in by_story(window.waiting).values()]
        stories = newest_first([line for line in lines if line])
        if not stories:
            return []
        message = DigestMessage(
            alert_id=window.alert_id,
            digest=basket.digest.name,
            view=basket.view,
            zone=basket.digest.zone,
            since=window.since,
            until=window.until,
            part=window.part,
            stories=stories,
        )
        self.publisher.publish(message)
        self.telemetry.count("DigestsSent")
        self.telemetry.count("StoriesInDigests", len(stories))
        return [WaitingStory(story_id=story.story_id, document_id=story.document_id) for story in stories]

    def line_of(self, basket: Basket, rows: Sequence[WaitingStory]) -> DigestStory | None:
        """The line of one story as it is now; None where it is gone, or came singly meanwhile."""
        found = (self.ledger.find(row.document_id) for row in rows)
        records = {record.document_id: record for record in found if record}
        is_news = all(row.kind == "new" for row in rows)  # else it says what is otherwise than what was told
        if basket.view and is_news and self.was_told(basket.view, rows[0].story_id, list(records.values())):
            return None
        members = self.members.of(rows[0].story_id)
        line = story_line(rows, records, members, basket.digest.languages)
        if any(row.kind == "new" for row in rows) and (line is None or line.kind == "withdrawn"):
            line = self.line_of_a_copy(basket, [one for one in members if one.document_id not in records]) or line
        return line.model_copy(update={"changes": self.changes_of(rows)}) if line and line.kind == "corrected" else line

    def line_of_a_copy(self, basket: Basket, copies: Sequence[Record]) -> DigestStory | None:
        """A copy that stands tells the story where its first page went before the letter: its readers never heard."""
        found = (self.ledger.find(copy.document_id) for copy in copies[:MAX_COPIES_READ])
        standing = next((record for record in found if record and is_asked_for(record, basket.digest)), None)
        return line_of(story_of(standing), "new", [standing], copies) if standing else None

    def changes_of(self, rows: Sequence[WaitingStory]) -> list[Change]:
        """What the corrections that wait say is otherwise than it was told; the last one of each page is kept."""
        told, corrected = self.alert_ledger.find(rows[0].story_id), [row for row in rows if row.kind == "corrected"]
        documents = dict.fromkeys(row.document_id for row in corrected)
        return [change for name in documents for change in told.of(name).changes]

    def was_told(self, view: str, story_id: str, records: Sequence[Record]) -> bool:
        """Whether readers of the view were told of the story since it waits, in each of its languages here."""
        told = self.alert_ledger.find(story_id)
        return all(view in told.views_told(record.language or "") for record in records)

    def note_told(self, view: str, window: Window) -> None:
        """Notes for each story that readers of the view know it, so that its next copy does not come singly."""
        for row in window.told:
            self.note_story(view, window, row)

    def note_story(self, view: str, window: Window, row: WaitingStory) -> None:
        """Notes the told page of one story, unless that page is gone since: then its withdrawal waits."""
        told = self.alert_ledger.find(row.story_id)
        for _ in range(MAX_ATTEMPTS):
            if not told.of(row.document_id).content:
                return
            noted = told_by_digest(told, row.document_id, [view], window.alert_id, iso_utc(self.now()))
            standing = self.alert_ledger.replace(noted)
            if standing is None:
                return
            told = standing
        raise Transient("other workers write what is told of this story all the time")
