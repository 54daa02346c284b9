"""Pages out of web archives, zip archives and mail."""

import gzip
import io
import resource
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from infra.intake import warc, zips
from infra.intake.found import LeftOut, Page
from infra.intake.listing import list_sources, read_sources

PAGE = b"<html><title>The ferry is back</title><p>The ferry runs again.</p></html>"
FETCHED = "2026-05-01T08:45:00Z"
MANY = 10_000
MAX_GROWTH = 30 * 1024  # kB of memory that ten thousand records may add; all of them would be some 60 MB


def write_warc(stream, records, *, packed=True):
    """By hand: warcio's own writer leaves temporary files open."""
    for kind, address, status, media, body, more in records:
        sent = b""
        if status:
            lines = [f"HTTP/1.1 {status}", f"Content-Type: {media}", *(f"{name}: {value}" for name, value in more)]
            sent = "\r\n".join([*lines, "", ""]).encode()
        head = [
            "WARC/1.1",
            f"WARC-Type: {kind}",
            f"WARC-Target-URI: {address}",
            f"WARC-Date: {FETCHED}",
            f"Content-Type: {'application/http; msgtype=response' if status else media}",
            f"Content-Length: {len(sent) + len(body)}",
        ]
        record = "\r\n".join([*head, "", ""]).encode() + sent + body + b"\r\n\r\n"
        stream.write(gzip.compress(record) if packed else record)


def response(address, body=PAGE, status="200 OK", media="text/html", more=()):
    return "response", address, status, media, body, more


RECORDS = [
    response("https://a.example/one"),
    response("https://a.example/packed", gzip.compress(PAGE), more=[("Content-Encoding", "gzip")]),
    response(
        "https://a.example/chunked",
        b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE),
        more=[("Transfer-Encoding", "chunked")],
    ),
    response("https://a.example/gone", status="404 Not Found"),
    response("https://a.example/photo", b"\xff\xd8", media="image/jpeg"),
    response("https://a.example/moved", b"", status="301 Moved", more=[("Location", "/one")]),
    ("resource", "https://a.example/saved", None, "text/html", PAGE, ()),
    ("metadata", "https://a.example/one", None, "application/warc-fields", b"via: x", ()),
]


def read(file: Path) -> list[Page | LeftOut]:
    return list(read_sources(list_sources([str(file)])))


@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz"])
def test_the_html_responses_of_a_web_archive_are_its_pages_with_address_and_time(tmp_path, name):
    with (tmp_path / name).open("wb") as stream:
        write_warc(stream, RECORDS, packed=name.endswith("gz"))
    found = read(tmp_path / name)
    assert [page.url for page in found] == [
        f"https://a.example/{last}" for last in ("one", "packed", "chunked", "saved")
    ]
    assert {page.content for page in found} == {PAGE}
    assert {page.fetched_at for page in found} == {FETCHED}


@pytest.mark.parametrize(
    ("media", "body", "begins"),
    [
        ("text/html; charset=windows-1252", b"<p>caf\xe9", b'<meta charset="windows-1252"><p>caf'),
        ('text/html; Charset="ISO-8859-1"', b"<p>x", b'<meta charset="iso-8859-1"><p>x'),
        ("text/html; charset=utf-8", b"<meta charset=latin1><p>x", b"<meta charset=latin1>"),
        ("text/html; charset=utf-8", b"\xef\xbb\xbf<p>x", b"\xef\xbb\xbf<p>x"),
        ("text/html", b"<p>x", b"<p>x"),
    ],
)
def test_a_charset_that_only_the_server_named_is_written_into_the_page(tmp_path, media, body, begins):
    with (tmp_path / "a.warc").open("wb") as stream:
        write_warc(stream, [response("https://a.example/one", body, media=media)], packed=False)
    [page] = read(tmp_path / "a.warc")
    assert page.content.startswith(begins)


def test_a_page_too_large_in_a_web_archive_is_left_out_and_the_next_one_taken(tmp_path, monkeypatch):
    monkeypatch.setattr(warc, "MAX_PAGE_BYTES", len(PAGE))
    with (tmp_path / "a.warc").open("wb") as stream:
        write_warc(
            stream, [response("https://a.example/large", PAGE + b" "), response("https://a.example/one")], packed=False
        )
    large, page = read(tmp_path / "a.warc")
    assert isinstance(large, LeftOut)
    assert large.is_page
    assert page.url == "https://a.example/one"


def test_a_broken_web_archive_gives_the_pages_before_that_and_says_so(tmp_path):
    whole = io.BytesIO()
    write_warc(whole, [response("https://a.example/one"), response("https://a.example/two", PAGE * 200)])
    (tmp_path / "a.warc.gz").write_bytes(whole.getvalue()[:-60] + b"\0" * 30)
    found = read(tmp_path / "a.warc.gz")
    assert found[0].url == "https://a.example/one"
    assert not found[1:] or isinstance(found[-1], LeftOut) or len(found) == 2
    (tmp_path / "b.warc").write_text("no archive at all\n" * 20)
    [broken] = read(tmp_path / "b.warc")
    assert "broken" in broken.why


def test_a_web_archive_is_read_in_flat_memory(tmp_path):
    file = tmp_path / "many.warc"
    with file.open("wb") as stream:
        write_warc(stream, (response(f"https://a.example/{number}", PAGE * 80) for number in range(MANY)), packed=False)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    count = sum(1 for _ in read_sources(list_sources([str(file)])))
    assert count == MANY
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MAX_GROWTH


def test_a_wacz_is_a_zip_of_web_archives(tmp_path):
    inner = io.BytesIO()
    write_warc(inner, [response("https://a.example/one")])
    with zipfile.ZipFile(tmp_path / "site.wacz", "w") as archive:
        archive.writestr("archive/data.warc.gz", inner.getvalue())
        archive.writestr("pages/pages.jsonl", "{}")
    assert [page.url for page in read(tmp_path / "site.wacz")] == ["https://a.example/one"]


def test_a_zip_gives_its_pages_by_their_names_and_leaves_the_rest(tmp_path):
    with zipfile.ZipFile(tmp_path / "may.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("news/a.html", PAGE)
        archive.writestr("../../b.html", PAGE)
        archive.writestr("photo.jpg", b"x")
    found = read(tmp_path / "may.zip")
    assert [one.name for one in found if isinstance(one, Page)] == ["may/news/a.html", "may/b.html"]
    assert [one.why for one in found if isinstance(one, LeftOut)] == ["no page by its name"]


def test_a_zip_that_unfolds_without_end_is_read_up_to_the_bound(tmp_path, monkeypatch):
    monkeypatch.setattr(zips, "MAX_PAGE_BYTES", 1000)
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.html", b"\0" * 1_000_000)
    [left] = read(tmp_path / "bomb.zip")
    assert left.is_page
    assert "20 MB" in left.why


def message(**parts) -> EmailMessage:
    made = EmailMessage()
    made["Subject"] = "Your newsletter"
    made.set_content("plain")
    if "html" in parts:
        made.add_alternative(parts["html"], subtype="html", charset=parts.get("charset", "utf-8"))
    return made


def test_the_html_of_a_mail_is_a_page_with_the_charset_that_only_the_mail_has(tmp_path):
    made = message(html="<p>Überfahrt täglich</p>", charset="iso-8859-1")
    made.add_attachment(PAGE, maintype="text", subtype="html", filename="../../ferry.html")
    (tmp_path / "letter.eml").write_bytes(made.as_bytes())
    letter, ferry = read(tmp_path / "letter.eml")
    assert letter.name == "letter/part-1.html"
    assert letter.content.startswith(b'<meta charset="iso-8859-1"><p>\xdcberfahrt')
    assert (ferry.name, ferry.content) == ("letter/ferry.html", PAGE)


def test_a_mail_without_html_is_left_out(tmp_path):
    (tmp_path / "letter.eml").write_bytes(message().as_bytes())
    [left] = read(tmp_path / "letter.eml")
    assert left.why == "a message without HTML"
