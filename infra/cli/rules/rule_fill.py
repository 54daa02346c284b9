"""Lists under a rule what it would have caught: its documents are run again, and nobody is alerted of them."""

from dataclasses import asdict, dataclass

from functions.reconcile.sqs_changes import SqsChanges
from infra.cli.rules import rule_trial
from infra.cli.screen.output import err, out, words
from infra.operate.reprocess import send_again
from infra.stack.target import Target
from shared.domain.rules import Rule

# Seconds that the documents wait: enrich reads the rules once a minute, and a new one has to be among them.
DELAY = 120
DAYS = 7  # that are offered, by judgement: a week, as `rules test` looks back


@dataclass(frozen=True)
class Filled:
    """How many records were looked at and matched; how many are run again; how many wait for their first alert."""

    rule: str
    days: int
    records: int
    matched: int
    sent: int
    alert_due: int


def fill_rule(target: Target, rule: Rule, days: int) -> Filled:
    """Tries the rule on the records of these days, and runs those again that it matches."""
    trial = rule_trial.run(target, rule.query, days)
    queue = SqsChanges(
        target.client("sqs"),
        target.output("PagesQueueUrl"),
        target.output("PagesBucketName"),
        reprocess=True,
        delay=DELAY,
    )
    sent, alert_due = send_again(target, [match.document_id for match in trial.matches], queue)
    return Filled(rule.name, days, trial.read, len(trial.matches), sent, alert_due)


def document(filled: Filled) -> dict[str, object]:
    return asdict(filled)


def show(filled: Filled) -> None:
    said = f"{filled.matched} of {filled.records} records of the last {filled.days} days match."
    if filled.sent:
        said += f" {filled.sent} are listed under {filled.rule} within some minutes; nobody is alerted."
    out.print(words(said))
    if filled.alert_due:
        err.print(words(f"{filled.alert_due} have their first alert on its way: run this again later for them."))
