"""A sketch comes back from its bytes as it was."""

import pytest

from functions.enrich.stories.reading.packing import pack_sketch, unpack_sketch
from functions.enrich.stories.reading.sketch import StorySketch

FULL = StorySketch(
    language="en",
    day=739_677,
    length=700,
    terms={1: 0, 8_388_609: 255, 16_777_215: 3},
    ages=frozenset({20, 109}),
    clock_times=frozenset({0, 1_439}),
    lead_days=frozenset({739_676}),
    days=frozenset({739_670, 739_676}),
    counts={77: frozenset({3_000, 4_294_967_295})},
    shingles=frozenset({0, 16_777_215}),
    stands_alone=True,
)


@pytest.mark.parametrize("sketch", [FULL, StorySketch("", 1, 0, {}), StorySketch("yue", 739_677, 90_000, {5: 1})])
def test_a_sketch_comes_back_as_it_was_packed(sketch):
    back = unpack_sketch(pack_sketch(sketch))
    assert back == StorySketch(**{**vars(sketch), "length": min(sketch.length, 65_535)})


def test_bytes_of_another_format_are_no_sketch():
    assert unpack_sketch(b"\x02" + pack_sketch(FULL)[1:]) is None
    assert unpack_sketch(b"") is None
