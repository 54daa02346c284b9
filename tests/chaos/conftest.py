"""One stack in a storm for all tests of this folder."""

from collections.abc import Iterator

import pytest

from tests.chaos.faulty_proxy import FaultPlan
from tests.chaos.storm import Storm, stormy_stack

Stormy = tuple[int, dict[str, str], FaultPlan]


@pytest.fixture(scope="session")
def storm() -> Storm:
    return Storm(documents=24, seed=20_260_501, kill_every=8.0)


@pytest.fixture(scope="session")
def stormy(storm: Storm) -> Iterator[Stormy]:
    """Port, outputs and fault plan of a stack whose functions reach AWS through the faulty proxy only."""
    with stormy_stack(storm) as stack:
        yield stack
