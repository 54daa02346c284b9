"""What every page store promises."""

import uuid

import pytest

from shared.adapters import s3_pages
from shared.adapters.s3_pages import S3Pages
from shared.domain.documents import Article, Source
from shared.domain.errors import Reason, Rejected
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
    def put(key: str, body: bytes) -> None:
        if isinstance(store, FakePages):
            store.objects[BUCKET, key] = body
        else:
            request.getfixturevalue("clients")("s3").put_object(Bucket=BUCKET, Key=key, Body=body)

    return put


@pytest.fixture
def source() -> Source:
    return Source(bucket=BUCKET, key=f"incoming/{uuid.uuid4().hex} ü+%.html", sequencer="0A1")


def test_a_page_is_read_with_the_entity_tag_of_its_bytes(store, upload, source):
    upload(source.key, b"<p>a page</p>")
    page = store.read_page(source)
    assert (page.body, page.etag) == (b"<p>a page</p>", "502ea2a5133631c8f57b687b467343b9")


def test_a_missing_page_is_rejected_as_gone(store, source):
    with pytest.raises(Rejected) as rejected:
        store.read_page(source)
    assert rejected.value.reason is Reason.GONE


def test_a_page_over_the_limit_is_rejected_unread(store, upload, source):
    upload(source.key, b"x" * 1_001)
    with pytest.raises(Rejected) as rejected:
        store.read_page(source)
    assert rejected.value.reason is Reason.TOO_LARGE


def test_a_parked_article_is_fetched_whole(store, source):
    article = Article(title="A title", text="Text — 日本\n\nMore")
    assert store.fetch_article(store.park_article(source, article)) == article


def test_a_kept_article_can_be_dropped_twice(store, source):
    location = store.keep_article(source, Article(title="A title", text="Text"))
    store.drop_article(location)
    store.drop_article(location)
    assert location.startswith(f"s3://{BUCKET}/texts/")
