"""Takes the bucket and tables that a removed stack left into a new stack, by CloudFormation's resource import."""

import json
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from botocore.exceptions import WaiterError

from infra.errors import CliError
from infra.stack.target import Target
from infra.stack.template import NAME_PROPERTIES, NamedResource

# Three seconds a look, by judgement: an import takes some ten seconds, and a waiter's own pause is half a minute.
_WAITING = {"Delay": 3, "MaxAttempts": 200}


def adopt_resources(
    target: Target, template: Mapping[str, Any], found: Sequence[NamedResource], parameters: Mapping[str, str]
) -> None:
    """Makes the stack out of what is there already. The deployment that follows adds all the rest."""
    client, change_set = target.client("cloudformation"), f"adopt-{uuid.uuid4().hex[:12]}"
    client.create_change_set(
        StackName=target.stack,
        ChangeSetName=change_set,
        ChangeSetType="IMPORT",
        TemplateBody=json.dumps(import_template(template, found)),
        Parameters=[{"ParameterKey": name, "ParameterValue": value} for name, value in parameters.items()],
        ResourcesToImport=[
            {
                "ResourceType": one.type,
                "LogicalResourceId": one.logical_id,
                "ResourceIdentifier": {NAME_PROPERTIES[one.type]: one.name},
            }
            for one in found
        ],
    )
    asked = {"StackName": target.stack, "ChangeSetName": change_set}
    try:
        client.get_waiter("change_set_create_complete").wait(**asked, WaiterConfig=_WAITING)
        client.execute_change_set(**asked)
        client.get_waiter("stack_import_complete").wait(StackName=target.stack, WaiterConfig=_WAITING)
    except WaiterError as error:
        reason = error.last_response.get("StatusReason") or error
        raise CliError(
            f"CloudFormation could not import what is there: {reason}",
            "Start beside it with another `--stack`, or import it in the console "
            "(CloudFormation → Create stack → With existing resources).",
        ) from None


def import_template(template: Mapping[str, Any], found: Sequence[NamedResource]) -> dict[str, Any]:
    """The template of the import: the adopted resources alone, each retained if the import fails.

    A table is declared as the template has it, since its keys and indexes must be as they are. The bucket is declared
    by its name alone: its notifications name a queue that is not there yet. The deployment that follows sets the rest
    of it.
    """
    return {
        "AWSTemplateFormatVersion": template["AWSTemplateFormatVersion"],
        "Parameters": template["Parameters"],
        "Conditions": template["Conditions"],
        "Resources": {one.logical_id: _declared(template["Resources"][one.logical_id], one) for one in found},
    }


def _declared(resource: Mapping[str, Any], one: NamedResource) -> dict[str, Any]:
    properties = resource["Properties"] if one.type == "AWS::DynamoDB::Table" else {NAME_PROPERTIES[one.type]: one.name}
    return {"Type": one.type, "DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain", "Properties": properties}
