"""What a subscription would have brought in the last days, told from the stored records."""

from infra.cli.rules.rule_trial import alerts_an_hour, recent_records
from infra.cli.screen.output import ConsoleProgress
from infra.cli.trials.backtest import Backtest, Wish, backtest, lean
from infra.stack.target import Target
from shared.domain.digests import Digest


def dry_run_of(target: Target, wished: Digest, days: int, *, as_digest: bool, most: int | None = None) -> Backtest:
    """The same wishes as a digest, or singly and no more than `most` an hour."""
    wish = Wish(wished.views, wished.languages, wished if as_digest else None, most)
    with ConsoleProgress().step("Reading the records"):
        records = [lean(record) for record in recent_records(target, days)]
    return backtest(records, wish, alerts_an_hour(target))
