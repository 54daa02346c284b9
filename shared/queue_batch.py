"""A batch of queue messages, each on its own: one that fails is reported and retried alone.

Handlers import this before anything that imports pydantic: it takes a quarter of a second less to start.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from pydantic import BaseModel, ValidationError

from shared.domain.errors import Malformed
from shared.telemetry import Telemetry

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

Model = TypeVar("Model", bound=BaseModel)


def handle_each(
    event: dict[str, Any],
    context: "LambdaContext",
    model: type[Model],
    handle: Callable[[Model], None],
    telemetry: Telemetry,
) -> dict[str, Any]:
    """Runs `handle` on each message of an SQS event, parsed as `model`, and gives Lambda's partial batch response.

    A message that does not parse names no document: it is logged and counted here.
    """
    processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)

    def handle_message(record: SQSRecord) -> None:
        try:
            message = parse(record.body, model)
        except Malformed as error:
            telemetry.count("MessagesMalformed")
            telemetry.failed(error)
            raise
        handle(message)

    return dict(
        process_partial_response(event=event, record_handler=handle_message, processor=processor, context=context)
    )


def parse(body: str, model: type[Model]) -> Model:
    """The message; raises `Malformed` naming the fields that are wrong, never their content."""
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        places = ", ".join(
            ".".join(str(part) for part in e["loc"]) + f" ({e['type']})" for e in error.errors(include_input=False)
        )
        raise Malformed(f"not a {model.__name__}: {places[:500]}") from None
