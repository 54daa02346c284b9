"""A small storm over a deployed stack, as part of every run of the tests; `make chaos` has the large one."""

import os

import pytest

from tests.chaos.ring import run
from tests.chaos.storm import Storm, report


@pytest.mark.emulator
@pytest.mark.timeout(900)
def test_nothing_is_lost_and_no_alert_is_sent_twice_in_a_storm():
    storm = Storm(documents=int(os.environ.get("CLIPWIRE_STORM", "24")), seed=20_260_501, kill_every=8.0)
    outcome = run(storm)
    assert outcome.verdict.clean, report(storm, outcome)
    assert sum(outcome.verdict.outcomes.values()) == outcome.executions["documents"] > storm.documents
    assert outcome.injected["reconciled: missing"] > 0, report(storm, outcome)
    assert outcome.unreconciled == 0, report(storm, outcome)
    assert sum(outcome.parked.values()) == outcome.injected["poison message"], report(storm, outcome)
