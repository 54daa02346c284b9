"""No character that a reader cannot see leaves a page, whatever field it stands in."""

import unicodedata

import pytest

from shared.domain.clean_text import MAX_MARKS, clean_line, clean_paragraphs, limit_marks
from shared.domain.documents import Article, Record

UNSEEN = "\x00\x1b\u00ad\u200b\u200e\u200f\u061c\u202e\u2066\ufeff\ufffe\uffff\ufdd0\ud83d\udfff\U000e0041"


def test_unseen_characters_are_taken_out_of_a_line() -> None:
    assert clean_line(f" The{UNSEEN}  Courier\n") == "The Courier"


def test_line_breaks_of_a_text_are_kept_as_line_feeds() -> None:
    assert clean_paragraphs(f"One\n\nTwo{UNSEEN}\rThree") == "One\n\nTwo\nThree"


@pytest.mark.parametrize("text", ["می\u200cخواهم", "👩\u200d🔧", "naïve", "각하", "नमस्ते", "🗞️"])
def test_what_people_write_with_joiners_and_marks_stays(text: str) -> None:
    assert clean_line(text) == text


def test_letters_are_composed() -> None:
    assert clean_line("e\u0301te\u0301") == "été"


@pytest.mark.parametrize("length", [1, MAX_MARKS, MAX_MARKS + 1, 2 * MAX_MARKS, 2 * MAX_MARKS + 1, 5_000])
@pytest.mark.parametrize("before", ["", "a", "word " * 9, "a" * MAX_MARKS])
def test_only_the_first_marks_of_a_long_run_are_kept(before: str, length: int) -> None:
    marks = ("\u0301\u0323" * length)[:length]
    assert limit_marks(f"{before}{marks}b{marks}") == f"{before}{marks[:MAX_MARKS]}b{marks[:MAX_MARKS]}"


@pytest.mark.timeout(60)  # it took minutes
def test_marks_above_and_below_in_turn_are_sorted_quickly() -> None:
    assert unicodedata.is_normalized("NFC", clean_line("a" + "\u0301\u0323" * 200_000))


def test_every_string_of_an_article_is_cleaned_by_its_type() -> None:
    article = Article(
        title=UNSEEN + "a", url=f"https://a.example/{UNSEEN}", authors=[f"Bo{UNSEEN} Ek"], text=f"a{UNSEEN}"
    )
    assert (article.title, article.url, article.authors, article.text) == ("a", "https://a.example/", ["Bo Ek"], "a")
    assert Article.model_validate_json(article.model_dump_json()) == article


@pytest.mark.parametrize("model", [Article, Record])
def test_no_field_of_a_page_is_a_bare_string(model: type[Article | Record]) -> None:
    """Names of objects, versions, rules and places in the bucket are ours or the team's, and kept as they are."""
    own = {
        *(
            "document_id",
            "sequencer",
            "source_bucket",
            "source_key",
            "etag",
            "processed_at",
            "processed_on",
            "expires_at",
        ),
        *("pipeline_version", "correlation_id", "timeline_at", "text_location", "fingerprint", "content_hash", "rules"),
        *("story_id", "perhaps_same_story"),
    }
    bare = {
        name
        for name, field in model.model_fields.items()
        if "str" in str(field.annotation) and "BeforeValidator" not in f"{field.annotation} {field.metadata}"
    }
    assert bare - own - {"published_at_source", "outcome", "topic_scores"} == set()
