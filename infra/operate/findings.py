"""What `clipwire check` says of each part of a stack."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from botocore.exceptions import ClientError

from infra.stack.target import Target
from shared.adapters.aws_errors import error_code

_REFUSED = ("AccessDenied", "Authorization", "Unauthorized", "403", "Forbidden")


class Verdict(StrEnum):
    """What a check came to. `NOTE` needs nobody to act; `UNREADABLE` means that the role may not look."""

    WELL = "well"
    NOTE = "note"
    MEND = "mend"
    UNREADABLE = "not readable"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `todo` is the command or step that mends it."""

    part: str
    verdict: Verdict
    what: str
    todo: str = ""


def deploy_command(target: Target, *options: str) -> str:
    """The command that deploys this stack again."""
    if target.is_local:
        return "clipwire up"
    where = ["--stack", target.stack] if target.stack != "clipwire" else []
    return " ".join(["clipwire deploy --region", str(target.session.region_name), *where, *options])


def rebuild_command(target: Target) -> str:
    """The commands that put back what was changed by hand: deploying an unchanged template again changes nothing."""
    if target.is_local:
        return "clipwire down --wipe, then clipwire up"
    where = "".join(
        [f" --region {target.session.region_name}", f" --stack {target.stack}" if target.stack != "clipwire" else ""]
    )
    return f"clipwire remove{where}, then clipwire deploy{where} --adopt"


def is_refusal(error: ClientError) -> bool:
    """Whether a permission is what was missing."""
    return error_code(error).startswith(_REFUSED)


def is_sound(findings: list[Finding]) -> bool:
    """Whether nothing needs a person to act, as far as could be read."""
    return all(finding.verdict is not Verdict.MEND for finding in findings)


def as_document(finding: Finding) -> dict[str, Any]:
    """A finding for scripts."""
    return {"part": finding.part, "verdict": str(finding.verdict), "what": finding.what, "todo": finding.todo}
