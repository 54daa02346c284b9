"""One announcement: an alert for whoever has not heard, unless a newer version is there."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from functions.notify.alert import alert_of
from functions.notify.asked_views import AskedViews
from functions.notify.telling.decide import decide
from functions.notify.telling.decision import FinishFirst, Silence, Tell, Wait
from functions.notify.telling.notes import note_sent, released
from shared.domain.digests import partition_of
from shared.domain.documents import Record
from shared.domain.errors import Transient
from shared.domain.limits import CLAIM_SECONDS
from shared.domain.messages import Announcement
from shared.domain.told import Told, forgotten, story_of
from shared.ports import AlertLedger, AlertPublisher, HeldAlert, History, Ledger, Views
from shared.telemetry import Telemetry
from shared.times import iso_utc

MAX_ATTEMPTS = 10  # to write a story's item that others write too; by judgement: two workers write, each twice an alert
# Seconds from a claim to its note while a worker lives, and between two looks; by judgement: an alert takes less than
# one. The claim's age counts, so that a batch loses three seconds to a worker that died, and not each message of it.
MAX_YOUNG_SECONDS = 3
PAUSE_SECONDS = 0.5
HOUR_LENGTH = 13  # characters of `2026-11-26T07`


@dataclass(frozen=True)
class NotifyReaders:
    """Collaborators of the stage.

    Claim, publish, note: what fails in between is tried again under the same alert id. `most` is how many alerts an
    hour a view gets that somebody asked for, where they asked for no number of their own; 0 is no limit.
    """

    ledger: Ledger
    alert_ledger: AlertLedger
    alerts: AlertPublisher
    views: Views
    asked: AskedViews
    history: History
    telemetry: Telemetry
    most: int = 0
    now: Callable[[], float] = time.time
    pause: Callable[[float], None] = time.sleep

    def handle(self, announcement: Announcement) -> None:
        """Sends the alert of an announced version; raises `Transient` where the announcement has to come again."""
        with self.telemetry.document(announcement.correlation_id):
            record = self.ledger.find(announcement.document_id)
            if record is None or record.sequencer != announcement.sequencer:  # a newer one has its own announcement
                self.telemetry.count("AlertsNotNeeded")
                return
            self.tell_readers(record)

    def tell_readers(self, record: Record, *, finishing: bool = False) -> None:
        """Does what the policy decides of a record as it is in the ledger."""
        telling = self.claim(record, finishing=finishing)
        if telling is None:
            self.telemetry.count("AlertsNotNeeded")
            return
        try:
            first_for, held = self.within_limits(record, telling)
            self.alerts.publish(alert_of(record, telling, first_for, self.told_of_another_story(record)))
            # Before the told item, which ends the work: a message that comes again would find nothing left to tell.
            self.history.note_alert(record, telling.claim.alert_id, telling.claim.kind, iso_utc(self.now()))
            self.note(record, telling, first_for, held)
        except Transient:
            self.release(record, telling)
            raise
        self.telemetry.count("AlertsSent")
        self.telemetry.count("AlertsHeld", len(held))

    def claim(self, record: Record, *, finishing: bool) -> Tell | None:
        """Writes the claim of the record's alert; None where nobody has to be told."""
        told = self.known_of(record)
        for _ in range(MAX_ATTEMPTS):
            match decide(record, told, self.now(), self.asked.muted(self.now()), finishing=finishing):
                case Silence(told=noted):
                    written, result = noted, None
                case Tell() as telling:
                    written, result = telling.told, telling
                case Wait(seconds=seconds):
                    told = self.look_again(told, seconds)
                    continue
                case FinishFirst(document_id=document_id):
                    self.finish(told, document_id)
                    told = self.alert_ledger.find(told.story_id)
                    continue
            standing = self.alert_ledger.replace(written) if written else None
            if standing is None:
                return result
            told = standing
        raise Transient("other workers write what is told of this story all the time")

    def look_again(self, told: Told, seconds: int) -> Told:
        """The story's item a moment later. Raises `Transient` where the claim is so old that its worker may have died.

        Two copies that come in one second would else be three minutes apart: so long a message stays away.
        """
        if not -1 <= CLAIM_SECONDS - seconds <= MAX_YOUNG_SECONDS:  # -1: the clocks of two workers differ
            raise Transient(f"another worker is sending an alert of this story, for {seconds} s at most")
        self.pause(PAUSE_SECONDS)
        return self.alert_ledger.find(told.story_id)

    def known_of(self, record: Record) -> Told:
        """What to begin with: nothing, since most stories are new, and the write brings what stands there.

        A record that alerts nobody writes nothing if it finds nothing to give up, so it has to look.
        """
        story_id = story_of(record)
        return self.alert_ledger.find(story_id) if record.alerts_off else Told(story_id=story_id)

    def told_of_another_story(self, record: Record) -> Told | None:
        """What readers were told of the story that the record may belong to as well, for a link to it."""
        return self.alert_ledger.find(record.perhaps_same_story) if record.perhaps_same_story else None

    def finish(self, told: Told, document_id: str) -> None:
        """Tells of a document whose worker stopped on its way, or forgets one that is no longer in the story."""
        record = self.ledger.find(document_id)
        if record and story_of(record) == told.story_id:
            self.tell_readers(record, finishing=True)
        else:
            self.alert_ledger.replace(forgotten(document_id, told))

    def within_limits(self, record: Record, telling: Tell) -> tuple[list[str], list[str]]:
        """The views that get the alert now, and those whose hour is full: for them it waits for their digest."""
        claim, hour = telling.claim, iso_utc(telling.claim.since)[:HOUR_LENGTH]
        limits = {view: self.most_of(view) for view in claim.fresh}
        full = [v for v, most in limits.items() if most and not self.views.admit(v, hour, claim.alert_id, most)]
        waiting = self.views_that_wait(telling)
        for partition in [*full, *waiting, *self.digests_of([*claim.audience, *claim.fresh, *waiting])]:
            at, story = iso_utc(self.now()), telling.told.story_id
            language = record.language or telling.before.language
            self.views.hold(HeldAlert(partition, story, record.document_id, claim.alert_id, at, claim.kind, language))
        return [*claim.audience, *(view for view in claim.fresh if view not in full)], full

    def views_that_wait(self, telling: Tell) -> list[str]:
        """Views whose letter may be telling of a page that is gone just now: they hear of that in the next one."""
        if telling.claim.kind != "withdrawn":
            return []
        muted = self.asked.muted(self.now())
        return [view for view in telling.before.held if view in self.asked.current() and view not in muted]

    def digests_of(self, views: Sequence[str]) -> list[str]:
        """Where the digests that tell one of these views keep what waits."""
        asked = self.asked.current()
        names = {name for view in views if view in asked for name in asked[view].digests}
        return sorted(map(partition_of, names))

    def most_of(self, view: str) -> int:
        """Alerts an hour that this view gets; 0 where nobody asked for it, or there is no limit."""
        asked = self.asked.current().get(view)
        if asked is None:
            return 0
        return self.most if asked.most is None else asked.most

    def note(self, record: Record, telling: Tell, first_for: list[str], held: list[str]) -> None:
        """Notes what readers know now, unless a newer version was claimed since."""
        at = iso_utc(self.now())
        self.change(telling.told, lambda told: note_sent(told, record, telling, first_for, held, at))

    def release(self, record: Record, telling: Tell) -> None:
        """Gives the claim back after a failure, so that the next attempt need not wait until it expires."""
        self.change(telling.told, lambda told: released(told, record, telling))

    def change(self, told: Told, change_of: Callable[[Told], Told | None]) -> None:
        """Writes a change of a story's item, made again of what others wrote in between."""
        for _ in range(MAX_ATTEMPTS):
            changed = change_of(told)
            standing = self.alert_ledger.replace(changed) if changed else None
            if standing is None:
                return
            told = standing
        raise Transient("other workers write what is told of this story all the time")
