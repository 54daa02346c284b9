"""A small storm over a deployed stack, as part of every run of the tests; `make chaos` has the large one."""

import pytest

from tests.chaos.ring import Ring
from tests.chaos.storm import Storm, Stormy, report


@pytest.mark.emulator
@pytest.mark.timeout(900)
def test_nothing_is_lost_and_no_alert_is_sent_twice_in_a_storm(storm: Storm, stormy: Stormy):
    outcome = Ring(storm, *stormy).run()
    assert outcome.verdict.clean, report(storm, outcome)
    assert sum(outcome.verdict.outcomes.values()) == outcome.executions["documents"] > storm.documents
    assert outcome.injected["reconciled: missing"] > 0, report(storm, outcome)
    assert outcome.unreconciled == 0, report(storm, outcome)
    assert outcome.executions["effects"] == outcome.executions["versions"], report(storm, outcome)
    assert sum(outcome.parked.values()) == outcome.injected["poison message"], report(storm, outcome)
