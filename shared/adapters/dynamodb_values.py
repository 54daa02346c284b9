"""Python values to DynamoDB's and back, with plain ints and floats where boto3 gives Decimal."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from boto3.dynamodb.types import TypeDeserializer, TypeSerializer

_SERIALIZER = TypeSerializer()
_DESERIALIZER = TypeDeserializer()
SIGNIFICANT_DIGITS = 6  # of a float; probabilities need no more, and a console shows them whole


def to_value(value: object) -> Any:  # noqa: ANN401  # an attribute value of any type
    """A DynamoDB attribute value; floats are kept to six significant digits."""
    return _SERIALIZER.serialize(with_decimals(value))


def from_item(item: Mapping[str, Any]) -> dict[str, Any]:
    """A plain dict of an item as the client gives it."""
    return {name: without_decimals(_DESERIALIZER.deserialize(value)) for name, value in item.items()}


def with_decimals(value: object) -> object:
    if isinstance(value, float):
        return Decimal(f"{value:.{SIGNIFICANT_DIGITS}g}")
    if isinstance(value, Mapping):
        return {str(key): with_decimals(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [with_decimals(inner) for inner in value]
    return str(value) if isinstance(value, str) else value


def without_decimals(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, Mapping):
        return {key: without_decimals(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [without_decimals(inner) for inner in value]
    return value
