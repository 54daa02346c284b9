"""Pages on their way into the bucket: bounded, resumable, and told at Ctrl-C."""

import hashlib
import threading
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError, ConnectionClosedError

from infra.errors import CliError
from infra.intake import journal, parallel
from infra.intake.found import LeftOut, Page
from infra.intake.journal import Upload
from infra.intake.listing import list_sources
from infra.intake.parallel import send_pages
from infra.intake.sending import PageSender, Terms, folder_of
from infra.local.home import CLONE, Home


class FakeBucket:
    """Keeps what is put; `refuse` names keys that fail."""

    def __init__(self) -> None:
        self.objects: dict[str, dict[str, Any]] = {}
        self.refuse: set[str] = set()
        self.at_once = self.most_at_once = 0
        self.lock = threading.Lock()

    def put_object(self, **asked: Any) -> None:
        with self.lock:
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            if asked["Key"] in self.refuse:
                raise ConnectionClosedError(endpoint_url="https://bucket.example")
            body = asked["Body"] if isinstance(asked["Body"], bytes) else asked["Body"].read()
            self.objects[asked["Key"]] = {**asked, "Body": body}
        finally:
            with self.lock:
                self.at_once -= 1

    def head_object(self, Bucket: str, Key: str) -> Any:  # noqa: ARG002, N803  # as boto3 names them
        if Key not in self.objects:
            raise ClientError({"Error": {"Code": "404"}}, "HeadObject")
        return {
            "ETag": f'"{hashlib.md5(self.objects[Key]["Body"], usedforsecurity=False).hexdigest()}"',
            "Metadata": self.objects[Key]["Metadata"],
        }


class FakeTarget:
    def __init__(self, bucket: Any) -> None:
        self.bucket = bucket

    def client(self, service: str) -> Any:
        assert service == "s3"
        return self.bucket

    def output(self, name: str) -> str:
        return name


@pytest.fixture
def bucket() -> FakeBucket:
    return FakeBucket()


@pytest.fixture
def sender(bucket):
    target: Any = FakeTarget(bucket)
    return lambda **terms: PageSender(target, Terms(folder_of(""), **terms))


def pages(count: int) -> list[Page]:
    return [Page(f"{number}.html", f"{number}.html", b"page %d" % number) for number in range(count)]


def quiet(_: object) -> None:
    pass


def test_pages_are_put_with_what_is_known_of_them(bucket, sender):
    page = Page("a.html", "a.html", b"x", "https://例え.jp/ニュース", "2026-05-01T08:45:00Z")
    other = Page("b.html", "b.html", b"x")
    send_pages([other], sender(notes={"url": "https://例え.jp/ニュース"}), 0, quiet)
    assert bucket.objects["incoming/b.html"]["Metadata"]["url"].isascii()
    tally = send_pages([page], sender(notes={"alerts": "off"}), 0, quiet)
    noted = bucket.objects["incoming/a.html"]["Metadata"]
    assert (tally.uploaded, tally.is_resumable) == (1, False)
    assert noted["fetched-at"] == page.fetched_at
    assert noted["alerts"] == "off"
    assert noted["url"].isascii()
    assert noted["url"].startswith("https://")


def test_what_has_the_same_bytes_is_skipped_where_that_is_asked_for(bucket, sender):
    send_pages(pages(5), sender(), 0, quiet)
    changed = [*pages(4), Page("4.html", "4.html", b"other")]
    tally = send_pages(changed, sender(skip_unchanged=True), 0, quiet)
    assert (tally.uploaded, tally.unchanged) == (1, 4)
    assert bucket.objects["incoming/4.html"]["Body"] == b"other"


def test_a_role_that_may_not_look_is_told_that_nothing_can_be_skipped(bucket, sender):
    def refuse(**_: Any) -> None:
        raise ClientError({"Error": {"Code": "403"}}, "HeadObject")

    bucket.head_object = refuse
    tally = send_pages(pages(1), sender(skip_unchanged=True), 0, quiet)
    assert "may not look" in tally.problems[0].why


def test_never_more_than_a_bounded_number_of_pages_is_read_ahead(bucket, sender):
    given = taken = 0

    def endless():
        nonlocal given
        for page in pages(300):
            given += 1
            yield page

    def progress(tally):
        nonlocal taken
        taken = max(taken, given - tally.uploaded)

    tally = send_pages(endless(), sender(), 0, progress)
    assert tally.uploaded == 300
    assert taken <= parallel.MAX_WAITING + 1
    assert bucket.most_at_once <= parallel.THREADS


def test_two_versions_of_one_page_go_one_after_the_other(bucket, sender):
    versions = [Page("a.html", "a.html", b"%d" % number) for number in range(50)]
    send_pages(versions, sender(), 0, quiet)
    assert bucket.objects["incoming/a.html"]["Body"] == b"49"


def test_a_page_that_fails_is_told_and_the_resumed_upload_begins_with_it(bucket, sender):
    bucket.refuse = {"incoming/70.html"}
    tally = send_pages(pages(100), sender(), 0, quiet)
    assert (tally.uploaded, tally.failed, tally.is_resumable) == (99, 1, True)
    assert (tally.passed, tally.last_name) == (70, "69.html")
    bucket.refuse = set()
    again = send_pages(pages(100), sender(), tally.passed, quiet)
    assert (again.uploaded, again.passed, again.is_resumable) == (30, 100, False)


def test_ctrl_c_ends_with_what_is_in_and_where_to_go_on(bucket, sender):
    def interrupted():
        yield from pages(60)
        raise KeyboardInterrupt

    tally = send_pages(interrupted(), sender(), 0, quiet)
    assert tally.stopped
    assert len(bucket.objects) == tally.uploaded
    assert {f"incoming/{number}.html" for number in range(tally.passed)} <= bucket.objects.keys()


def test_what_is_left_out_counts_as_passed_and_fails_only_where_it_was_a_page(sender):
    found = [*pages(2), LeftOut("a.jpg", "no page by its name"), *[LeftOut("b.html", "too large", is_page=True)]]
    tally = send_pages(found, sender(), 0, quiet)
    assert (tally.uploaded, tally.failed, tally.passed, tally.is_resumable) == (2, 1, 4, False)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(CLONE, tmp_path / "state")


def test_a_stopped_upload_goes_on_where_it_was(tmp_path, home):
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in range(5):
        (folder / f"{number}.html").write_text("x")
    Upload(stack="here", sources=[str(folder)], passed=3, last_name="pages/2.html").save(home)
    found = journal.stopped_upload(home, "here")
    assert journal.where_to_go_on(list_sources(found.sources), found) == 3
    (folder / "0a.html").write_text("x")
    assert journal.where_to_go_on(list_sources(found.sources), found) == 0


def test_there_is_nothing_to_resume_after_a_whole_upload_or_on_another_stack(home):
    with pytest.raises(CliError, match="No upload was stopped"):
        journal.stopped_upload(home, "here")
    Upload(stack="there", sources=["-"]).save(home)
    with pytest.raises(CliError, match="went to the there"):
        journal.stopped_upload(home, "here")
    journal.forget(home)
    with pytest.raises(CliError, match="No upload was stopped"):
        journal.stopped_upload(home, "there")
