"""What running a document again would change, found without changing anything."""

from dataclasses import replace

from infra.operate.failures import fingerprint
from infra.operate.log_lines import Failure
from infra.operate.rehearsal import changes, rehearse
from infra.operate.selection import Selection
from shared.domain.documents import Article
from tests.pipeline import Pipeline
from tests.unit.pipeline.test_ledger_flow import page

KEY = "incoming/a+b.html"


def test_a_record_of_todays_code_would_not_change():
    line = Pipeline()
    line.run(line.put(KEY, page()))
    assert changes(line.record(KEY), rehearse(line.pages, line.book, line.record(KEY))) == {}


def test_a_record_of_older_code_shows_each_field_that_would_change():
    line = Pipeline()
    line.extract = replace(line.extract, article_of=lambda *_: Article(title="An old title", text="An old text. " * 40))
    line.run(line.put(KEY, page()))
    found = changes(line.record(KEY), rehearse(line.pages, line.book, line.record(KEY)))
    assert found["title"] == ("An old title", "Breakwater to be rebuilt")
    assert "processed_at" not in found
    assert line.record(KEY).title == "An old title"


def test_a_page_replaced_or_gone_is_not_rehearsed():
    line = Pipeline()
    line.run(line.put(KEY, page()))
    line.put(KEY, page("Another headline"))
    assert rehearse(line.pages, line.book, line.record(KEY)) is None
    line.pages.objects.clear()
    assert rehearse(line.pages, line.book, line.record(KEY)) is None


def test_failures_that_differ_in_numbers_and_ids_have_one_fingerprint():
    one = Failure("Transient", "could not read 3fa9c1d2e4b5: after 3 tries", "usecase.py:40 _read")
    other = Failure("Transient", "could not read 99a9c1d2e4b5: after 5 tries", "usecase.py:41 _read")
    assert fingerprint("extract", one) == fingerprint("extract", other)
    assert fingerprint("extract", one) != fingerprint("enrich", one)
    assert fingerprint("extract", one) != fingerprint("extract", replace(one, error="Misconfigured"))


def test_a_selection_admits_what_answers_all_of_it():
    item = {"source_key": "incoming/a.html", "topic": "arts", "topics": ["arts", "sport"], "pipeline_version": "0.1.0"}
    assert Selection(prefix="incoming/", topic="sport", pipeline_version="0.1.0").admits(item)
    assert not Selection(prefix="incoming/", reason="stub").admits(item)
    assert not Selection(topic="health").admits(item)
