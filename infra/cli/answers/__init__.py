"""What each command answers with `--json`: `clipwire schema` prints the models as JSON Schema, and tests hold the
commands to them.

A field that may be missing has a default there. Fields may be added within a minor version; none is taken away or
changes its meaning.
"""

from collections.abc import Mapping
from typing import Any

from infra.cli.answers.alerts import Muted, Subscribed, Subscriptions, Unsubscribed, WouldBeSent
from infra.cli.answers.operation import Check, FailureGroup, Reconcile, RedrivenGroup, Reprocess, Smoke
from infra.cli.answers.pages import Invite, Records, Upload
from infra.cli.answers.rules import AddedRule, Caught, Filled, RemovedRule, Rule, Rules, RuleTrial
from infra.cli.answers.search import Asked, Search, Stats
from infra.cli.answers.stack import Demo, Deployed, Removed, Status, Up
from infra.cli.answers.story import Story

ANSWERS: Mapping[str, Any] = {
    "up": Up, "status": Status, "upload": Upload, "invite": Invite, "records": Records,
    "story": Story, "search": Search, "stats": Stats, "ask": Asked, "demo": Demo,
    "mute": Muted, "subscribe": Subscribed | WouldBeSent, "unsubscribe": Unsubscribed, "subscriptions": Subscriptions,
    "rules add": AddedRule, "rules list": Rules, "rules test": RuleTrial, "rules caught": Caught, "rules fill": Filled,
    "rules remove": RemovedRule, "rules enable": Rule, "rules disable": Rule,
    "deploy": Deployed, "remove": Removed, "check": Check, "smoke": Smoke, "reconcile": Reconcile,
    "failures": list[FailureGroup], "redrive": list[RedrivenGroup], "reprocess": Reprocess,
}  # fmt: skip
