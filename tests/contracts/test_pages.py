"""What every page store promises."""

import uuid

import pytest

from shared.adapters import s3_pages
from shared.adapters.s3_pages import KEPT, PARKED, S3Pages, article_key, location_of
from shared.domain.documents import Article, Source
from shared.domain.errors import Reason, Rejected
from shared.domain.messages import ArticleLocation
from tests.fakes import FakePages

BUCKET = "pages-of-the-contract"


@pytest.fixture(scope="session")
def bucket(clients) -> str:
    clients("s3").create_bucket(Bucket=BUCKET)
    return BUCKET


@pytest.fixture(params=["fake", "s3"])
def store(request, monkeypatch):
    if request.param == "fake":
        return FakePages(BUCKET, max_page_bytes=1_000)
    monkeypatch.setattr(s3_pages, "MAX_PAGE_BYTES", 1_000)
    return S3Pages(request.getfixturevalue("clients")("s3"), request.getfixturevalue("bucket"))


@pytest.fixture
def upload(store, request):
    def put(key: str, body: bytes, **metadata: str) -> None:
        if isinstance(store, FakePages):
            store.objects[BUCKET, key] = body
            store.quiet |= {(BUCKET, key)} if metadata else set()
        else:
            request.getfixturevalue("clients")("s3").put_object(Bucket=BUCKET, Key=key, Body=body, Metadata=metadata)

    return put


@pytest.fixture
def source() -> Source:
    return Source(bucket=BUCKET, key=f"incoming/{uuid.uuid4().hex} ü+%.html", sequencer="0A1")


def test_a_page_is_read_with_the_entity_tag_of_its_bytes(store, upload, source):
    upload(source.key, b"<p>a page</p>")
    page = store.read_page(source)
    assert (page.body, page.etag) == (b"<p>a page</p>", "502ea2a5133631c8f57b687b467343b9")


def test_an_uploader_may_ask_that_nobody_is_alerted(store, upload, source):
    upload(source.key, b"<p>a page</p>", alerts="Off")
    assert store.read_page(source).alerts_off
    upload(f"{source.key}.other", b"<p>a page</p>")
    assert not store.read_page(source.model_copy(update={"key": f"{source.key}.other"})).alerts_off


def test_a_missing_page_is_rejected_as_gone(store, source):
    with pytest.raises(Rejected) as rejected:
        store.read_page(source)
    assert rejected.value.reason is Reason.GONE


def test_a_page_over_the_limit_is_rejected_unread(store, upload, source):
    upload(source.key, b"x" * 1_001)
    with pytest.raises(Rejected) as rejected:
        store.read_page(source)
    assert rejected.value.reason is Reason.TOO_LARGE


def test_a_page_is_looked_for_by_its_entity_tag(store, upload, source):
    assert store.find_etag(source) is None
    upload(source.key, b"<p>a page</p>")
    assert store.find_etag(source) == store.read_page(source).etag


ARTICLE = Article(title="A title", text="Text — 日本\n\nMore")


def test_a_parked_article_is_fetched_whole(store, source):
    assert store.fetch_article(store.park_article(source, ARTICLE)) == ARTICLE


def test_a_kept_article_is_fetched_from_where_its_record_points(store, source):
    address = store.keep_article(source, ARTICLE)
    assert address.startswith(f"s3://{BUCKET}/texts/")
    assert store.fetch_article(location_of(address)) == ARTICLE


def test_an_article_can_be_dropped_twice_and_is_not_found_after(store, source):
    location = store.park_article(source, ARTICLE)
    store.drop_article(location)
    store.drop_article(location)
    assert store.fetch_article(location) is None


@pytest.fixture
def versions(store, source):
    """The versions of the document, by kind, whose articles are still there."""

    def found() -> dict[str, set[str]]:
        return {
            kind: {
                version
                for version in ("0A", "0B", "0C")
                if store.fetch_article(ArticleLocation(bucket=BUCKET, key=article_key(kind, at(source, version))))
            }
            for kind in (KEPT, PARKED)
        }

    return found


def at(source: Source, version: str) -> Source:
    return source.model_copy(update={"sequencer": version})


def test_copies_of_older_versions_go_and_a_text_that_the_record_names_stays(store, source, versions):
    for version in ("0A", "0B", "0C"):
        store.keep_article(at(source, version), ARTICLE)
        store.park_article(at(source, version), ARTICLE)
    named = f"s3://{BUCKET}/{article_key(KEPT, at(source, '0B'))}"
    store.drop_copies(source.document_id, "0B", keep=named)
    assert versions() == {KEPT: {"0B", "0C"}, PARKED: {"0B", "0C"}}
    store.drop_copies(source.document_id, "0B")
    assert versions() == {KEPT: {"0C"}, PARKED: {"0B", "0C"}}


def test_copies_of_other_documents_stay(store, source, versions):
    store.keep_article(at(source, "0A"), ARTICLE)
    store.drop_copies("another document", "0B")
    assert versions()[KEPT] == {"0A"}
