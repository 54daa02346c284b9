"""Which deployment a command speaks to: the local stack of this clone, or one in an AWS account."""

import os
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from infra.errors import CliError
from infra.local import clients, emulator
from infra.local.home import Home
from infra.local.stack import STACK, outputs_of

# Virtual-hosted addresses name the region: a presigned form can't follow a redirect to it.
_CONFIG = Config(
    retries={"mode": "standard", "total_max_attempts": 5}, max_pool_connections=32, s3={"addressing_style": "virtual"}
)
_CHOICES = {"local": True, "aws": False}


@dataclass(frozen=True)
class Target:
    """Gives clients, and what the deployed stack calls its parts."""

    local_port: int | None
    profile: str | None = None
    region: str | None = None
    stack: str = STACK

    @property
    def is_local(self) -> bool:
        return self.local_port is not None

    @cached_property
    def label(self) -> str:
        """What is printed with every answer, so that nobody mistakes one for the other."""
        if self.is_local:
            return f"local stack on port {self.local_port}"
        parts = [f"profile {self.profile}" if self.profile else "", self.session.region_name or ""]
        return f"AWS, stack {self.stack} ({', '.join(part for part in parts if part)})"

    @cached_property
    def session(self) -> boto3.Session:
        if self.is_local:
            return clients.session()
        return boto3.Session(profile_name=self.profile, region_name=self.region)

    def client(self, service: str) -> Any:  # noqa: ANN401  # whichever service is asked for
        """Made once: making one costs more than most calls on it."""
        if service not in self._clients:
            self._clients[service] = self.make_client(service)
        return self._clients[service]

    @cached_property
    def _clients(self) -> dict[str, Any]:
        return {}

    def make_client(self, service: str) -> Any:  # noqa: ANN401  # whichever service is asked for
        if self.local_port is not None:
            return clients.client(service, self.local_port)
        return self.session.client(service, config=clients.suited(_CONFIG, service))

    @cached_property
    def outputs(self) -> dict[str, str]:
        return outputs_of(self.description)

    @cached_property
    def description(self) -> Any:  # noqa: ANN401  # CloudFormation's own
        try:
            return self.client("cloudformation").describe_stacks(StackName=self.stack)["Stacks"][0]
        except ClientError as error:
            if error.response["Error"]["Code"] != "ValidationError":
                raise
            todo = (
                "`clipwire up` deploys it."
                if self.is_local
                else "`clipwire deploy` makes it, `--stack` and `--region` choose another."
            )
            raise CliError(f"There is no stack called {self.stack} on the {self.label}.", todo) from None

    def output(self, name: str) -> str:
        try:
            return self.outputs[name]
        except KeyError:
            todo = "`clipwire up` deploys it again." if self.is_local else "`clipwire deploy` brings it up to date."
            raise CliError(f"The stack has no output {name}: it was deployed from another version.", todo) from None


def choose(*, local: bool | None, profile: str | None, region: str | None, stack: str | None) -> Target:
    """What the options say, else CLIPWIRE_ON, else the local stack if one is up. AWS is never reached by accident."""
    stack = stack or os.environ.get("CLIPWIRE_STACK") or STACK
    if local is None:
        local = False if profile or region else _from_environment()
    if local is False:
        return Target(None, profile, region, stack)
    running = emulator.find(Home.of_this_clone())
    if running is None:
        raise CliError(
            "No local stack of this clone is up.",
            "`clipwire up` starts one (`make run` with samples); `--aws` speaks to your AWS account instead.",
        )
    return Target(running.port)


def _from_environment() -> bool | None:
    named = os.environ.get("CLIPWIRE_ON", "").lower()
    if named and named not in _CHOICES:
        raise CliError(f"CLIPWIRE_ON is {named!r}.", "Set it to `local` or `aws`, or unset it.")
    return _CHOICES.get(named)
