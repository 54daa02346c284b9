"""The one place where AWS's errors become ours: by code, never by message text."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from shared.domain.errors import Misconfigured, Transient

CODES_FOR_A_PERSON = frozenset({
    "AccessDenied", "AccessDeniedException", "AuthorizationError", "AuthorizationErrorException", "InvalidAccessKeyId",
    "KMSAccessDeniedException", "NoSuchBucket", "NotFound", "NotFoundException", "QueueDoesNotExist",
    "AWS.SimpleQueueService.NonExistentQueue", "ResourceNotFoundException", "SignatureDoesNotMatch",
    "UnrecognizedClientException", "ValidationException",
})  # fmt: skip
CODES_OF_A_MISSING_OBJECT = frozenset(
    {"404", "NoSuchKey", "NotFound"}
)  # HeadObject has no body, and so no name of the error


def error_code(error: ClientError) -> str:
    """The service's own code, for example `ConditionalCheckFailedException`."""
    return error.response.get("Error", {}).get("Code", "Unknown")


@contextmanager
def translated(action: str) -> Iterator[None]:
    """Turns errors of AWS calls inside into `Transient`, or into `Misconfigured` where only a person can help.

    `action` says what was tried, for example "read the page".
    """
    try:
        yield
    except ClientError as error:
        code = error_code(error)
        family = Misconfigured if code in CODES_FOR_A_PERSON else Transient
        raise family(f"could not {action}: {code}") from error
    except BotoCoreError as error:
        raise Transient(f"could not {action}: {type(error).__name__}") from error


def is_condition_failure(error: Transient) -> bool:
    """Whether a conditional write was refused for its condition: someone else was there first."""
    cause = error.__cause__
    return isinstance(cause, ClientError) and error_code(cause) == "ConditionalCheckFailedException"


def standing_item(error: Transient) -> Mapping[str, Any]:
    """The item that refused a conditional write; empty where there was none.

    The write was made with `ReturnValuesOnConditionCheckFailure`.
    """
    cause: Any = error.__cause__
    return dict(cause.response.get("Item", {}))
