"""One stack in a storm for all tests of this folder."""

from collections.abc import Iterator

import pytest

from tests.chaos.storm import Storm, Stormy, stormy_stack


@pytest.fixture(scope="session")
def storm() -> Storm:
    return Storm(documents=24, seed=20_260_501, kill_every=8.0)


@pytest.fixture(scope="session")
def stormy(storm: Storm) -> Iterator[Stormy]:
    with stormy_stack(storm) as stack:
        yield stack
