"""One announcement: an alert for whoever asked, unless readers were told of its content or a newer version is there."""

from dataclasses import dataclass

from functions.notify.alert import alert_of
from shared.domain.documents import Outcome, Record
from shared.domain.errors import Transient
from shared.domain.messages import Announcement
from shared.ports import AlertClaim, AlertLedger, AlertPublisher, Ledger
from shared.telemetry import Telemetry


@dataclass(frozen=True)
class NotifyReaders:
    """Collaborators of the stage.

    Claim, publish, note: what fails in between is tried again under the same alert id.
    """

    ledger: Ledger
    alert_ledger: AlertLedger
    alerts: AlertPublisher
    telemetry: Telemetry

    def handle(self, announcement: Announcement) -> None:
        """Sends the alert of an announced version; raises `Transient` where the announcement has to come again."""
        with self.telemetry.document(announcement.correlation_id):
            record = self.ledger.find(announcement.document_id)
            claim = self.alert_ledger.claim(record) if record and is_current(record, announcement) else None
            if record is None or claim is None:
                self.telemetry.count("AlertsNotNeeded")
                return
            self.send_alert(record, claim)
            self.telemetry.count("AlertsSent")

    def send_alert(self, record: Record, claim: AlertClaim) -> None:
        """Publishes the claimed alert and notes it; gives the claim back where either fails."""
        try:
            self.alerts.publish(alert_of(record, claim))
            self.alert_ledger.mark_sent(claim)
        except Transient:
            self.alert_ledger.release(claim)
            raise


def is_current(record: Record, announcement: Announcement) -> bool:
    """Whether the ledger still holds the announced version, and readers are to hear of it.

    A newer one has an announcement of its own.
    """
    is_newest = record.sequencer == announcement.sequencer
    return is_newest and record.outcome is Outcome.PUBLISHED and not record.alerts_off
