"""Each view answers with what the records hold, and only with elements from our own list."""

import pytest

from shared.domain.documents import Article, Outcome, RuleMatch, Source
from shared.domain.history import line_of_record
from tests.unit.desk.conftest import ENDPOINT

# What the console is known to keep, of which the desk needs no more.
ELEMENTS = {
    "article", "b", "button", "caption", "code", "cwdb-action", "dd", "div", "dl", "dt", "figcaption", "figure",
    "form", "h2", "h3", "h4", "header", "input", "li", "mark", "nav", "ol", "option", "p", "q", "rect", "section",
    "select", "span", "style", "svg", "table", "tbody", "td", "th", "thead", "time", "title", "tr", "ul", "a",
}  # fmt: skip
ATTRIBUTES = {
    "action", "aria-hidden", "aria-label", "autocomplete", "class", "datetime", "dir", "display", "endpoint",
    "height", "href", "lang", "maxlength", "name", "placeholder", "preserveaspectratio", "rel", "role", "scope",
    "selected", "tabindex", "target", "title", "type", "value", "viewbox", "width", "x", "y",
}  # fmt: skip
HOSTILE = "<img src=x onerror=alert(1)><cwdb-action action='call' endpoint='evil'>{}</cwdb-action>\"'&lt;"
HOSTILE_FIELDS = dict.fromkeys(
    ("title", "standfirst", "site", "summary", "text", "language", "dateline", "source_key", "topics_note"), HOSTILE
) | {"authors": [HOSTILE], "people": [HOSTILE], "rules": ["oil"], "rule_sentences": {"oil": HOSTILE}}


def all_views(desk):
    yield desk.ask()
    for view in ("topic", "site", "rules", "rule", "story", "search", "record", "attention", "counts"):
        yield desk.ask(
            view=view,
            topic="sport",
            site=HOSTILE,
            rule="oil",
            query=HOSTILE,
            document_id=f"{1:032x}",
            story_id="c" * 32,
        )
    yield desk.ask(view="search", query="img", document_id=f"{1:032x}")
    yield desk.ask(view="site", site=HOSTILE)


def test_a_hostile_page_stays_text_in_every_view(desk):
    record = desk.add(
        1, topic="sport", topics=["sport"], topic_evidence={"sport": HOSTILE}, story_id="c" * 32, **HOSTILE_FIELDS
    )
    desk.add(
        2, attention="rejected", reason=HOSTILE, detail=HOSTILE, outcome=Outcome.REJECTED, url="javascript:alert(1)"
    )
    desk.matches.replace(record, [RuleMatch(rule="oil", sentence=HOSTILE)])
    desk.add_rule("oil", HOSTILE)
    for shown in all_views(desk):
        elements = list(shown.tree.iter())
        assert {element.tag for element in elements} <= ELEMENTS
        assert {name for element in elements for name in element.attrib} <= ATTRIBUTES
        assert {action.get("endpoint") for action in shown.tree.iter("cwdb-action")} == {ENDPOINT}


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//example.org", "https:", "http://[", ""]
)
def test_only_web_addresses_become_links(desk, address):
    desk.add(1, url=address)
    for shown in (desk.ask(), desk.ask(view="record", document_id=f"{1:032x}")):
        assert shown.tree.xpath("//a") == []


def test_a_link_tells_the_page_nothing_about_the_reader(desk):
    desk.add(1, url="https://example.org/a")
    (link,) = desk.ask().tree.xpath("//a")
    assert (link.get("href"), link.get("rel")) == ("https://example.org/a", "noopener noreferrer nofollow")


def test_the_newest_come_first_and_older_ones_page_by_page_over_the_days(desk):
    for number in range(1, 51):
        desk.add(number + 50)
    first = desk.ask()
    second = desk.ask(**first.params("Older"))
    third = desk.ask(**second.params("Older"))
    titles = first.titles + second.titles + third.titles
    assert titles == [f"Title {number}" for number in range(100, 50, -1)]
    assert len(first.titles) >= 20


def test_a_list_ends_with_a_word(desk):
    assert "No record of the last sixty days" in desk.ask().text()
    assert "No record here yet" in desk.ask(view="topic", topic="sport").text()


def test_what_is_older_than_a_list_looks_back_is_one_click_away(desk):
    desk.add(1, processed_at="2025-08-20T07:00:00Z", processed_on="2025-08-20")
    first = desk.ask()
    assert first.titles == []
    assert desk.ask(**first.params("Older")).titles == ["Title 1"]
    assert desk.ask(view="search", query="number").titles == ["Title 1"]
    desk.add(2, processed_at="2023-05-01T07:00:00Z", processed_on="2023-05-01")
    found = desk.ask(view="search", query='"number 2"')
    for _ in range(3):
        if found.titles:
            break
        found = desk.ask(**found.params("Search older records"))
    assert found.titles == ["Title 2"]


@pytest.mark.parametrize(("view", "value"), [("topic", "sport"), ("site", "The Courier"), ("rule", "oil")])
def test_a_list_of_one_topic_site_or_rule_holds_no_others_and_goes_on(desk, view, value):
    for number in range(60, 90):
        record = desk.add(number, topic="sport", site="The Courier")
        desk.matches.replace(record, [RuleMatch(rule="oil", sentence=f"Oil {number}.")])
    desk.add(90, topic="economy", site="Another")
    first = desk.ask(view=view, **{view: value})
    second = desk.ask(**first.params("Older"))
    assert first.titles + second.titles == [f"Title {number}" for number in range(89, 59, -1)]
    assert value in first.heading


def test_a_rules_list_shows_the_sentence_that_matched(desk):
    desk.matches.replace(desk.add(1), [RuleMatch(rule="oil", sentence="Oil rose again.")])
    desk.add_rule("oil", "oil OR gas")
    assert "Oil rose again." in desk.ask(view="rule", rule="oil").text()
    assert "oil OR gas" in desk.ask(view="rules").text()


def test_a_record_says_where_its_date_its_topics_and_its_rules_come_from(desk):
    desk.add(
        1,
        published_at="2025-05-01T08:45:00+02:00",
        published_at_source="declared",
        sources={"published_at": "json-ld"},
        topic="economy",
        topics=["economy"],
        topic_scores={"economy": 0.91},
        topic_evidence={"economy": "bank, interest rate"},
        text="The bank left its Interest  rate alone.\n\nBankers were not surprised.",
        rules=["money"],
        rule_sentences={"money": "Bankers were not surprised."},
    )
    shown = desk.ask(view="record", document_id=f"{1:032x}")
    assert "01 May 2025 06:45 (the page states it; found in json-ld)" in shown.text()
    assert "probability 0.91, because of bank, interest rate" in shown.text()
    marks = [(mark.text, mark.get("title")) for mark in shown.tree.xpath("//section[@aria-label='Text']//mark")]
    assert marks == [
        ("bank", "topic economy"),
        ("Interest  rate", "topic economy"),
        ("Bankers were not surprised.", "rule money"),
    ]


def test_a_text_that_stands_in_the_bucket_is_read_from_there(desk):
    where = desk.pages.keep_article(Source(bucket="pages", key="a", sequencer="1"), Article(text="The whole text."))
    desk.add(1, text="The", text_location=where)
    assert "The whole text." in desk.ask(view="record", document_id=f"{1:032x}").text()


def test_a_record_that_is_gone_says_so(desk):
    assert "no such record" in desk.ask(view="record", document_id="0" * 32).text()
    assert "no such record" in desk.ask(view="record").text()


def test_a_search_takes_the_language_of_rules_and_shows_the_sentence(desk):
    desk.add(3, text="First words.\n\nThe river rose at Tanner's Bend.", people=["Marian Pryce"])
    desk.add(2, text="No water here.")
    desk.add(1, text="A river of words.", topic="arts", topics=["arts"])
    found = desk.ask(view="search", query='river AND "no such words"')
    assert found.titles == []
    found = desk.ask(view="search", query='river -words OR person:"Marian Pryce"')
    assert found.titles == ["Title 3"]
    assert "The river rose" in desk.ask(view="search", query="river").text()
    assert desk.ask(view="search", query="river", topic="arts").titles == ["Title 1"]
    opened = desk.ask(**desk.ask(view="search", query="river", topic="arts").params("Title 1"))
    assert [mark.text for mark in opened.tree.xpath("//mark[@title='your search']")] == ["A river of words."]


def test_a_query_that_cannot_be_read_says_where_it_is_wrong(desk):
    assert "cannot be read" in desk.ask(view="search", query="NOT").text()
    assert "cannot be read" in desk.ask(view="search", query='"open').text()


def test_a_search_without_words_is_the_list_of_its_topic_or_the_newest(desk):
    desk.add(1, topic="sport")
    assert desk.ask(view="search", topic="sport").heading == "Topic: sport"
    assert desk.ask(view="search").heading == "Newest records"


def test_what_needs_attention_is_shown_in_two_parts(desk):
    desk.add(2, attention="rejected", outcome=Outcome.REJECTED, reason="stub", detail="It is a paywall.", title=None)
    desk.add(1, attention="doubtful", extraction_confidence=0.31)
    shown = desk.ask(view="attention")
    assert "stub" in shown.text()
    assert "It is a paywall." in shown.text()
    assert shown.text("//section[@aria-label='Published in doubt']//h4").startswith("Title 1")
    assert "is 0.31" in desk.ask(view="record", document_id=f"{1:032x}").text()


def test_counts_cover_the_days_of_the_dashboard(desk):
    for number in (97, 98, 99):
        desk.add(number, topic="sport", site="Courier")
    desk.add(3, topic="economy")  # four days before
    shown = desk.ask(view="counts", context={"timeRange": {"start": 1_764_130_000_000, "end": 1_764_140_400_000}})
    assert "3 records, processed from 2025-11-26 to 2025-11-26" in shown.text()
    assert [row.text_content() for row in shown.tree.xpath("//table[caption='Topics']//td[1]")] == ["3"]
    assert "4 records" in desk.ask(view="counts").text()
    assert (
        "Nothing was processed"
        in desk.ask(view="counts", context={"timeRange": {"start": 1_700_000_000_000, "end": 1_700_000_000_001}}).text()
    )


def test_the_widget_describes_itself_to_the_editor_of_the_dashboard(desk):
    described = desk.widget.handle({"describe": True}, ENDPOINT)
    assert "view: topic" in described["markdown"]


def test_times_are_shown_in_the_dashboards_zone(desk):
    desk.add(1, published_at="2025-05-01T23:30:00Z")
    assert "02 May 2025 05:00" in desk.ask({"timezone": {"offsetInMinutes": 330}}).text()


def test_theme_and_width_are_classes_of_the_widget(desk):
    classes = desk.ask({"theme": "dark", "width": 360}).tree.get("class").split()
    assert {"cw-dark", "cw-narrow"} <= set(classes)


def test_a_record_has_its_history_newest_first_with_what_changed(desk):
    first = desk.add(1, processed_at="2025-11-24T07:00:00Z", sequencer="1")
    second = desk.add(1, processed_at="2025-11-25T07:00:00Z", sequencer="2", title="Another title")
    for record in (first, second):
        desk.history.note(line_of_record(record, replaced=False))
    shown = desk.ask(view="record", document_id=f"{1:032x}")
    lines = [" ".join(item.text_content().split()) for item in shown.tree.xpath("//section[@aria-label='History']//li")]
    assert lines == ["25 Nov 2025 07:00 published; changed: title", "24 Nov 2025 07:00 published"]


def test_a_record_names_the_others_of_its_story_and_why_it_was_joined(desk):
    desk.add(1, story_id="c" * 32, site="The Courier")
    desk.add(2, story_id="c" * 32, story_evidence="the same names and numbers", story_probability=0.93)
    desk.add(3, story_id="d" * 32, perhaps_same_story="c" * 32)
    shown = desk.ask(view="record", document_id=f"{2:032x}")
    assert "Joined because of: the same names and numbers (probability 0.93)" in shown.text(
        "//section[@aria-label='Story']"
    )
    assert "The Courier" in shown.text("//section[@aria-label='Story']")
    assert desk.ask(**shown.params("Title 1")).heading == "Title 1"
    unsure = desk.ask(view="record", document_id=f"{3:032x}")
    assert desk.ask(**unsure.params("Another story")).titles == ["Title 2", "Title 1"]
    assert "no such story" in desk.ask(view="story").text()


def test_a_record_alone_in_its_story_shows_none(desk):
    desk.add(1, story_id="c" * 32)
    assert desk.ask(view="record", document_id=f"{1:032x}").text("//section[@aria-label='Story']") == ""
