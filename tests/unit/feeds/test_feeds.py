"""Feeds of stories: stable ids, one entry per story, and nothing of a page that a reader's program would run."""

import json
import re
import uuid
from datetime import datetime

import lxml.etree
import pytest

from infra.cli.commands.feed import file_name
from infra.feeds.feed import feed_of
from infra.feeds.formats import atom, json_feed

ATOM = "{http://www.w3.org/2005/Atom}"
STORY = "c" * 32
HOSTILE = "<script>alert(1)</script> & \u202e\x00 ]]>"


def record(number: int, **more):
    return {
        "document_id": f"{number:032x}",
        "title": f"Title {number}",
        "summary": f"Summary {number}.",
        "site": "The Courier",
        "url": f"https://example.org/{number}",
        "topics": ["sport"],
        "language": "en",
        "published_at": f"2025-11-{number:02d}T08:00:00+02:00",
        "processed_at": f"2025-11-{number:02d}T07:00:00Z",
        **more,
    }


def parsed(*records, limit=10):
    return lxml.etree.fromstring(atom(feed_of("bucket", "topic sport", records, limit)).encode())


def items(*records, limit=10):
    return json.loads(json_feed(feed_of("bucket", "topic sport", records, limit)))["items"]


def texts(root, name: str):
    return [element.text for element in root.iterfind(f"{ATOM}entry/{ATOM}{name}")]


def test_the_newest_story_comes_first_and_no_more_are_listed_than_asked_for():
    assert texts(parsed(record(1), record(3), record(2), limit=2), "title") == ["Title 3", "Title 2"]


def test_records_of_one_story_are_one_entry_whose_id_stays_when_another_joins():
    opened = parsed(record(1, story_id=STORY))
    joined = parsed(record(1, story_id=STORY), record(2, story_id=STORY, site="The Post"), record(3))
    assert texts(opened, "id") == [uuid.UUID(STORY).urn]
    assert texts(joined, "id")[1] == uuid.UUID(STORY).urn
    assert texts(joined, "title") == ["Title 3", "Title 2"]
    assert texts(joined, "published")[1] == "2025-11-01T06:00:00Z"
    assert [author.text for author in joined.iterfind(f"{ATOM}entry[2]/{ATOM}author/{ATOM}name")] == [
        "The Courier",
        "The Post",
    ]


def test_a_record_without_a_story_is_a_story_of_its_own():
    assert texts(parsed(record(1)), "id") == [uuid.UUID(f"{1:032x}").urn]


def test_the_id_of_a_feed_is_the_same_each_time_and_of_this_view_only():
    ids = [feed_of("bucket", view, [], 1).id for view in ("topic sport", "topic sport", "rule sport")]
    assert ids[0] == ids[1] != ids[2]
    assert feed_of("other", "topic sport", [], 1).id != ids[0]


def test_every_entry_has_what_atom_demands():
    root = parsed(record(1), record(2, url=None, summary=None, published_at=None, site=None, topics=None))
    for element in (root, *root.iterfind(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert element.findtext(f"{ATOM}{name}")
        datetime.fromisoformat(element.findtext(f"{ATOM}updated"))
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "Clipwire"  # stands for entries without an author
    for entry in root.iterfind(f"{ATOM}entry"):
        assert entry.find(f"{ATOM}link") is not None or entry.findtext(f"{ATOM}content")


def test_a_hostile_page_stays_text_in_both_formats():
    hostile = record(1, title=HOSTILE, summary=HOSTILE, site=HOSTILE)
    assert texts(parsed(hostile), "title") == ["<script>alert(1)</script> & ]]>"]
    (item,) = items(hostile)
    assert item["title"] == item["content_text"] == "<script>alert(1)</script> & ]]>"
    assert "content_html" not in item


@pytest.mark.parametrize("address", ["javascript:alert(1)", "//example.org", "http://[", "", None])
def test_only_web_addresses_become_links(address):
    assert parsed(record(1, url=address)).find(f"{ATOM}entry/{ATOM}link") is None
    assert "url" not in items(record(1, url=address))[0]


def test_a_json_feed_has_what_version_1_1_demands():
    document = json.loads(json_feed(feed_of("bucket", "rule oil", [record(1)], 5)))
    assert document["version"] == "https://jsonfeed.org/version/1.1"
    assert document["title"] == "Clipwire: rule oil"
    (item,) = document["items"]
    assert item == {
        "id": f"urn:uuid:{uuid.UUID(int=1)}",
        "url": "https://example.org/1",
        "title": "Title 1",
        "content_text": "Summary 1.",
        "date_published": "2025-11-01T06:00:00Z",
        "date_modified": "2025-11-01T07:00:00Z",
        "authors": [{"name": "The Courier"}],
        "tags": ["sport"],
        "language": "en",
    }


def test_the_file_of_a_view_has_a_plain_name():
    assert file_name("rule ../a b/ü") == "rule-..-a-b-ü"
    assert re.fullmatch(r"[\w.-]+", file_name("rule a:b?c"))
