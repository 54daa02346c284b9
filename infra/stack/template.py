"""template.yaml as plain data, and the names that its resources get in one account, region and stack."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from infra.local.home import CLONE

TEMPLATE = CLONE / "template.yaml"
Resource = Mapping[str, Any]
# The property that gives a resource its name, and the identifier by which CloudFormation imports it.
NAME_PROPERTIES = {
    "AWS::S3::Bucket": "BucketName",
    "AWS::DynamoDB::Table": "TableName",
    "AWS::SQS::Queue": "QueueName",
    "AWS::SNS::Topic": "TopicName",
    "AWS::Logs::LogGroup": "LogGroupName",
    "AWS::Serverless::Function": "FunctionName",
}
KEEPING_POLICIES = frozenset({"Retain", "RetainExceptOnCreate"})


class _TemplateLoader(yaml.SafeLoader):
    """Knows CloudFormation's short forms."""


def _construct_intrinsic(loader: _TemplateLoader, suffix: str, node: yaml.Node) -> dict[str, Any]:
    value: Any
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    elif isinstance(node, yaml.MappingNode):
        value = loader.construct_mapping(node, deep=True)
    if suffix == "GetAtt":
        value = value.split(".", 1)
    return {suffix if suffix == "Ref" else f"Fn::{suffix}": value}


_TemplateLoader.add_multi_constructor("!", _construct_intrinsic)


def load_template(path: Path = TEMPLATE) -> dict[str, Any]:
    """The template with `!Ref X` as `{"Ref": "X"}` and any other tag as `{"Fn::Name": value}`."""
    return parse_template(path.read_text(encoding="utf-8"))


def parse_template(text: str) -> dict[str, Any]:
    """As `load_template`, for a template's text in YAML or JSON."""
    template: dict[str, Any] = yaml.load(text, _TemplateLoader)  # noqa: S506  # a safe loader
    return template


@dataclass(frozen=True, slots=True)
class StackPlace:
    """Where a stack is or is to be."""

    stack: str
    account: str
    region: str
    partition: str = "aws"

    def substitute(self, text: str) -> str:
        """The text of a `!Sub` that names nothing but where the stack is."""
        values = {
            "StackName": self.stack,
            "AccountId": self.account,
            "Region": self.region,
            "Partition": self.partition,
        }
        for name, value in values.items():
            text = text.replace(f"${{AWS::{name}}}", value)
        return text


@dataclass(frozen=True, slots=True)
class NamedResource:
    """A resource of the template with the name that it has in a place. `is_kept`: it survives its stack."""

    logical_id: str
    type: str
    name: str
    is_kept: bool

    @property
    def description(self) -> str:
        """Its kind and name in words: `bucket clipwire-pages-…`."""
        kind = {"LogGroup": "log group"}.get(self.type.rpartition("::")[2], self.type.rpartition("::")[2].lower())
        return f"{kind} {self.name}"


def named_resources(template: Mapping[str, Any], place: StackPlace) -> Iterator[NamedResource]:
    """Every resource that the template names itself, in the template's order."""
    for logical_id, resource in template["Resources"].items():
        written = resource.get("Properties", {}).get(NAME_PROPERTIES.get(resource["Type"], ""))
        if written:
            name = place.substitute(written["Fn::Sub"] if isinstance(written, dict) else written)
            yield NamedResource(logical_id, resource["Type"], name, resource.get("DeletionPolicy") in KEEPING_POLICIES)
