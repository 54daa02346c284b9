"""One announcement: an alert for whoever asked, unless its content was alerted already or a newer version is there."""

from dataclasses import dataclass

from functions.notify.alert import alert_of
from shared.domain.documents import Record
from shared.domain.errors import Transient
from shared.domain.messages import Announcement
from shared.ports import AlertClaim, AlertPublisher, Ledger
from shared.telemetry import Telemetry


@dataclass(frozen=True)
class NotifyReaders:
    """Collaborators of the stage. Claim, publish, note: what fails in between is tried again under the same alert id."""

    ledger: Ledger
    alerts: AlertPublisher
    telemetry: Telemetry

    def handle(self, announcement: Announcement) -> None:
        with self.telemetry.document(announcement.correlation_id):
            claim = self.ledger.claim_alert(announcement)
            record = self.ledger.find(announcement.document_id) if claim else None
            if claim is None or record is None or record.content_hash != claim.content_hash:
                self.telemetry.count("AlertsNotNeeded")
                return
            self._send(record, claim)
            self.telemetry.count("AlertsSent")

    def _send(self, record: Record, claim: AlertClaim) -> None:
        try:
            self.alerts.publish(alert_of(record, claim))
            self.ledger.mark_alerted(claim)
        except Transient:
            self.ledger.release_alert(claim)
            raise
