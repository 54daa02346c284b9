"""Run by the checks environment, which holds policy_sentry and with it AWS's own service reference.

Reads a JSON list of {"holder", "action", "resource"} and prints, as a JSON list, what AWS would not take or ignore.
`resource` is a sample ARN, or "*".
"""

import json
import re
import sys
from functools import cache

from policy_sentry.querying.actions import get_action_data

HOLD_SLASHES = {"${ObjectName}", "${LogGroupName}"}  # the other names hold neither slash nor colon


def problem_of(action: str, resource: str) -> str:
    """What is wrong with allowing an action on a resource; empty where nothing is."""
    service, _, name = action.partition(":")
    rows = (get_action_data(service, name) or {}).get(service, [])
    if not rows:
        return "there is no such action"
    formats = [row["resource_arn_format"] for row in rows]
    if any(matches(resource, shape) for shape in formats):
        return ""
    return f"the action takes {', '.join(sorted(set(formats)))}"


def matches(resource: str, shape: str) -> bool:
    """Whether an ARN with `*` in it can mean something of a shape such as `arn:${Partition}:s3:::${BucketName}`."""
    parts = re.findall(r"\$\{\w+\}|.", shape)

    @cache
    def overlap(at: int, letter: int) -> bool:
        """Whether the rest of the shape and the rest of the ARN have a text in common."""
        rest = resource[letter:]
        if at == len(parts):
            return not rest.strip("*")
        if parts[at].startswith("${"):
            takes = rest and (rest[0] == "*" or parts[at] in HOLD_SLASHES or rest[0] not in ":/")
            return overlap(at + 1, letter) or bool(takes and overlap(at, letter + 1))
        if rest[:1] == "*":
            return overlap(at, letter + 1) or overlap(at + 1, letter)
        return rest[:1] == parts[at] and overlap(at + 1, letter + 1)

    return overlap(0, 0)


if __name__ == "__main__":
    asked = json.load(sys.stdin)
    found = [{**one, "problem": problem_of(one["action"], one["resource"])} for one in asked]
    sys.stdout.write(json.dumps([one for one in found if one["problem"]]))
