"""The keys by which articles find each other."""

import pytest

from functions.enrich.stories.lookup import MAX_CANDIDATES, rank_candidates
from shared.domain.addresses import url_identity


@pytest.mark.parametrize(
    ("url", "identity"),
    [
        ("https://www.example.org/news/12/", "example.org/news/12"),
        ("http://example.org/news?id=12", "example.org/news?id=12"),
        ("https://example.org", ""),
        ("https://example.org/", ""),
        ("http://[::1", ""),
        ("", ""),
    ],
)
def test_an_address_is_known_without_its_scheme_and_a_front_page_is_none(url, identity):
    assert url_identity(url) == identity


def test_candidates_under_several_keys_come_first_and_the_article_itself_never():
    found = {"en:1": ["a", "b", "me"], "en:2": ["b"], "en:3": [f"x{n}" for n in range(20)]}
    ranked = rank_candidates(found, "me")
    assert ranked[:2] == ["b", "a"]
    assert len(ranked) == MAX_CANDIDATES


def test_the_same_address_comes_before_all_terms():
    found = {"en:1": ["a"], "en:2": ["a"], "url:1": ["z"]}
    assert rank_candidates(found, "me")[0] == "z"
