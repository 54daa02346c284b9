"""template.yaml as plain data: `!Ref X` becomes `{"Ref": "X"}`, any other tag `{"Fn::Name": value}`."""

from collections.abc import Iterator
from typing import Any

from infra.local.home import CLONE as ROOT
from infra.stack.template import TEMPLATE
from infra.stack.template import load_template as load

__all__ = ["ROOT", "TEMPLATE", "chosen", "load", "of_type", "referred", "walk"]

Resources = dict[str, dict[str, Any]]
_NO_VALUE = {"Ref": "AWS::NoValue"}


def of_type(resources: Resources, kind: str) -> Resources:
    """The resources of one type, for example `SQS::Queue`, by logical id."""
    return {name: resource for name, resource in resources.items() if resource["Type"] == f"AWS::{kind}"}


def chosen(value: Any, **conditions: bool) -> Any:
    """The value with each `!If` decided by its condition (false unless named) and what is `AWS::NoValue` left out."""
    if isinstance(value, list):
        return [kept for item in value if (kept := chosen(item, **conditions)) != _NO_VALUE]
    if not isinstance(value, dict):
        return value
    if "Fn::If" in value:
        condition, positive, negative = value["Fn::If"]
        return chosen(positive if conditions.get(condition, False) else negative, **conditions)
    return (
        {key: kept for key, item in value.items() if (kept := chosen(item, **conditions)) != _NO_VALUE}
        if value != _NO_VALUE
        else value
    )


def referred(value: Any) -> str:
    """The logical id behind `!Ref X`, `!GetAtt X.Attribute` or a `!Sub` that begins with `${X…}`; empty for others."""
    if not isinstance(value, dict):
        return ""
    if "Ref" in value:
        return str(value["Ref"])
    if "Fn::GetAtt" in value:
        return str(value["Fn::GetAtt"][0])
    return str(value.get("Fn::Sub", "")).removeprefix("${").split("}")[0].split(".")[0]


def walk(value: Any) -> Iterator[Any]:
    """The value and everything inside it."""
    yield value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for item in inner:
        yield from walk(item)
