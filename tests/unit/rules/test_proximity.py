"""A proximity term looks at each place of a text once, however often the text repeats its words."""

from itertools import pairwise

import pytest

from shared.rules.query_term import ranges_around


@pytest.mark.parametrize(
    ("anchors", "width", "expected"),
    [
        ([], 4, []),
        ([0], 3, [(0, 3)]),
        ([5, 7, 90], 4, [(2, 11), (87, 94)]),
        ([0, 4], 2, [(0, 2), (3, 6)]),
    ],
)
def test_a_range_holds_every_run_around_its_anchors(anchors, width, expected):
    assert list(ranges_around(anchors, width)) == expected


def test_a_text_of_one_word_repeated_is_one_range():
    assert list(ranges_around(list(range(30_000)), 70)) == [(0, 30_069)]


def test_ranges_never_overlap_so_that_no_place_is_looked_at_twice():
    found = list(ranges_around([place for place in range(10_000) if place % 97 < 3], 50))
    assert all(stop <= start for (_, stop), (start, _) in pairwise(found))
