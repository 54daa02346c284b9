"""Logs and metrics, by Powertools; traces are Lambda's own, switched in the template.

Nothing here ever sees a page's content.
"""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from traceback import extract_tb
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools import Logger, Metrics, single_metric
from aws_lambda_powertools.metrics import MetricUnit

from shared.domain.documents import Record
from shared.domain.errors import ClipwireError

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

NAMESPACE = "Clipwire"


class Telemetry:
    """One function's logger and metrics; the service's name comes from POWERTOOLS_SERVICE_NAME."""

    def __init__(self, service: str) -> None:
        self.service = service
        self.log = Logger(service=service)
        self.metrics = Metrics(namespace=NAMESPACE, service=service)

    @contextmanager
    def invocation(self, context: "LambdaContext") -> Iterator[None]:
        """One call of the function: its request id in every log line, its metrics written out at the end."""
        self.log.append_keys(request_id=context.aws_request_id)
        try:
            yield
        finally:
            if self.metrics.metric_set:
                print(json.dumps(self.metrics.serialize_metric_set(), separators=(",", ":")))  # noqa: T201  # EMF is read from standard output
            self.metrics.clear_metrics()

    @contextmanager
    def document(self, correlation_id: str) -> Iterator[None]:
        """Everything logged inside carries the document's correlation id; the time inside is the stage's, and failures
        are logged. `clipwire smoke` reads the line that names the time.
        """
        self.log.set_correlation_id(correlation_id)
        started = time.perf_counter()
        try:
            yield
        except Exception as error:
            self.failed(error)
            raise
        finally:
            milliseconds = (time.perf_counter() - started) * 1000
            self.metrics.add_metric("StageTime", MetricUnit.Milliseconds, milliseconds)
            self.log.info("stage ended", extra={"milliseconds": round(milliseconds)})
            self.log.set_correlation_id(None)

    def ended(self, record: Record, result: str) -> None:
        """A version's outcome: a log line, and a metric if it was written just now.

        `result` is what the ledger said (`written`, `duplicate`, `stale`), or `rewritten` for a version that ran again.
        """
        self.log.info(
            "outcome",
            extra={
                "outcome": record.outcome,
                "reason": record.reason,
                "result": result,
                "document_id": record.document_id,
            },
        )
        if result in {"written", "rewritten"}:
            with single_metric("Documents", MetricUnit.Count, 1, namespace=NAMESPACE) as metric:
                metric.add_dimension("outcome", record.outcome)
                metric.add_dimension("reason", record.reason or "none")

    def count(self, name: str, number: int = 1) -> None:
        self.metrics.add_metric(name, MetricUnit.Count, number)

    def failed(self, error: Exception) -> None:
        """An error by its kind and place. Foreign messages are left out: they may quote a page."""
        message = str(error) if isinstance(error, ClipwireError) else "unexpected failure"
        self.log.error(message, extra={"error": type(error).__name__, "at": _place(error)})


def _place(error: Exception) -> list[str]:
    frames: list[Any] = list(extract_tb(error.__traceback__))[-4:]
    return [f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in frames]
