"""An alert as an e-mail: whatever title a page has, SNS accepts the subject, and no text of the page forges a line."""

import re
import string
import unicodedata
from email import message_from_string, policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.messages import Alert, Change, Mention
from shared.letters.letter import GONE, TO_CHANGE, WHY, WHY_AGAIN, WHY_EVERYTHING, letter
from shared.letters.moments import published_in_words
from shared.letters.plain_text import plain
from shared.letters.subject import subject

TOPICS = ["arts", "conflict", "human-interest"]
NASTY = [
    "Harbour\r\nBcc: everyone@victim.example\r\n\r\nBody of somebody else's",
    "Harbour\u2028Bcc: everyone@victim.example\u2029",
    "\u202egnp.exe \u2066hidden\u2069",
    "\x1b]0;owned\x07\x1b[2J",
    "zero\u200bwidth\ufeff",
    "=?utf-8?q?=0D=0ABcc:_all@victim.example?=",
    "\ud800 half a character",
    "<script>alert(1)</script>",
    '=HYPERLINK("https://victim.example/","here")',
    "\U000e0041\U000e0042 tags",
    "",
    " \t\n ",
]
SAID = st.one_of(
    st.text(max_size=300),
    st.sampled_from(NASTY),
    st.text("ÅéИ日🗞ß \r\n\x00aé\u0301", max_size=200),
)


def alert(**said) -> Alert:
    known = {
        "alert_id": "a1",
        "kind": "new",
        "document_id": "d1",
        "title": "Harbour votes to mend its breakwater",
        "topics": ["politics"],
        "topic_evidence": {"politics": "council, vote"},
        "rules": {},
        "source_key": "incoming/harbour.html",
        "processed_at": "2025-05-01T08:45:00Z",
    }
    return Alert(**{**known, **said})


def test_a_plain_title_is_the_subject_behind_its_topic():
    assert subject(alert()) == "politics: Harbour votes to mend its breakwater"
    assert subject(alert(kind="updated")) == "politics: Updated: Harbour votes to mend its breakwater"
    assert subject(alert(topics=[])) == "Clipwire: Harbour votes to mend its breakwater"


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Гавань голосует за новый мол", "Gavan' golosuet za novyy mol"),
        ("Λιμάνι ψηφίζει", "Limani psifizei"),
        ("부산항 재건안 가결", "BuSanHang JaeGeonAn GaGyeol"),
        ("Đà Nẵng straße", "Da Nang strasse"),
        ("🗞 Harbour", "Harbour"),
    ],
)
def test_a_title_in_another_script_is_written_in_latin_letters(title, said):
    assert subject(alert(title=title)) == f"politics: {said}"


@pytest.mark.parametrize("title", ["", "\u200b", "🗞"])
def test_a_page_without_a_title_says_so_and_names_its_site(title):
    assert subject(alert(title=title, site="Гавань")) == "politics: a page without a title (Gavan')"


def test_the_site_stands_behind_the_title_where_it_has_room():
    assert subject(alert(title="Гол", site="Harbour Post")) == "politics: Gol (Harbour Post)"
    assert not subject(alert(title="breakwater " * 8, site="Harbour Post")).endswith(")")


@pytest.mark.parametrize(
    ("iso", "said"),
    [
        ("2025-05-01", "1 May 2025"),
        ("2025-05-01T08:45:00", "1 May 2025, 08:45, zone not given"),
        ("2025-05-01T08:45:00+05:30", "1 May 2025, 08:45 (UTC+05:30)"),
        ("2025-12-31T23:59:59-03:00", "31 December 2025, 23:59 (UTC-03:00)"),
        ("2025-05-01T08:45:00Z", "1 May 2025, 08:45 (UTC)"),
        ("last Tuesday", "last Tuesday"),
    ],
)
def test_a_time_is_said_in_words_and_with_its_zone(iso, said):
    assert published_in_words(iso) == said


def test_typographic_marks_and_accents_become_their_plain_likes():
    assert subject(alert(title="“Café” – it’s Åse’s…")) == "politics: \"Cafe\" - it's Ase's..."


def test_a_long_title_is_cut_between_words_and_says_so():
    said = subject(alert(title="breakwater " * 30))
    assert said.endswith(" breakwater...")
    assert len(said) <= 100


@given(
    title=SAID,
    topics=st.lists(st.sampled_from(TOPICS), max_size=3, unique=True),
    kind=st.sampled_from(["new", "updated"]),
)
def test_a_subject_is_always_what_sns_takes(title, topics, kind):
    """SNS takes up to 100 printable ASCII characters, of which the first is a letter, a digit or a punctuation mark."""
    said = subject(alert(title=title, topics=topics, kind=kind))
    assert 1 <= len(said) <= 100
    assert re.fullmatch(r"[\x20-\x7e]+", said)
    assert said[0] in string.ascii_letters + string.digits + string.punctuation
    assert said == said.strip()


@given(title=SAID)
def test_no_title_adds_a_header_or_an_encoded_word_to_a_message(title):
    said = subject(alert(title=title))
    read = message_from_string(f"Subject: {said}\nTo: reader@example.test\n\nbody\n", policy=policy.default)
    assert read.keys() == ["Subject", "To"]
    assert read["Subject"] == said
    assert read.get_content().strip() == "body"


@given(said=SAID)
def test_plain_text_is_one_line_of_characters_that_can_be_seen(said):
    line = plain(said)
    assert not any(unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} for character in line)
    assert line == " ".join(line.split())


@given(title=SAID, summary=SAID, site=SAID, url=SAID, sentence=SAID, evidence=SAID)
def test_a_letter_has_no_line_that_a_page_began(title, summary, site, url, sentence, evidence):
    """Each text of the page stays on a line of its own. None can forge or hide the lines that give the reason."""
    said = letter(
        alert(
            title=title,
            summary=summary,
            site=site,
            url=url,
            rules={"harbour": sentence},
            topic_evidence={"politics": evidence},
        )
    )
    assert not any(
        unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
        for character in said.replace("\n", "")
    )
    assert len(re.findall(r"^Topic politics", said, re.MULTILINE)) >= 1
    assert re.search(r"^Rule harbour", said, re.MULTILINE)
    assert said.rstrip("\n").rsplit("\n", 1)[-1].startswith("Clipwire record d1 · new · ")
    parts = [title, summary, site, url]
    assert len(said.strip("\n").split("\n\n")) <= 3 + sum(bool(plain(part)) for part in parts) + (not plain(title))


def test_a_letter_says_what_happened_where_and_why():
    said = letter(
        alert(
            summary="The council voted.",
            site="Harbour Post",
            published_at="2025-05-01T08:45:00+02:00",
            url="https://harbour.example/1",
            rules={"quay": "It voted."},
        )
    )
    assert said.split("\n\n") == [
        "Harbour votes to mend its breakwater",
        "The council voted.",
        "Harbour Post · 1 May 2025, 08:45 (UTC+02:00)",
        f"{WHY}\nTopic politics: council, vote\nRule quay: It voted.\nSite Harbour Post",
        "https://harbour.example/1",
        TO_CHANGE,
        "Clipwire record d1 · new · 'incoming/harbour.html'\n",
    ]


@pytest.mark.parametrize(
    "key", ["incoming/a\r\nBcc: all@victim.example", "incoming/\u202egnp.html", "incoming/\x1b[2J"]
)
def test_a_hostile_key_is_quoted_and_stays_on_its_line(key):
    last = letter(alert(source_key=key)).rstrip("\n").rsplit("\n", 1)[-1]
    assert last.startswith("Clipwire record d1")
    assert not re.search(r"[\x00-\x1f\u202e]", last)


def test_a_letter_without_topics_says_why_it_comes_too():
    assert f"\n\n{WHY_EVERYTHING}\n\n" in letter(alert(topics=[], topic_evidence={}))
    assert f"\n\n{WHY}\nSite Harbour Post\n\n" in letter(alert(topics=[], topic_evidence={}, site="Harbour Post"))


def test_a_page_without_a_title_says_so():
    assert letter(alert(title="\u200b")).startswith("(the page gives no title)\n\n")


CHANGES = [
    Change(what="number", before="12 wounded", after="14 wounded"),
    Change(what="notice", after="Correction: it was Monday.\nBcc: all@victim.example"),
]


def test_a_correction_says_first_that_it_is_one_and_what_is_otherwise_now():
    said = letter(alert(kind="corrected", changes=CHANGES)).split("\n\n")
    assert said[0] == "Correction: Harbour votes to mend its breakwater"
    assert said[1].splitlines() == [
        "Number: 14 wounded (before: 12 wounded)",
        "Notice: Correction: it was Monday. Bcc: all@victim.example",
    ]
    assert said[2].startswith(WHY_AGAIN)
    assert subject(alert(kind="corrected")) == "politics: Correction: Harbour votes to mend its breakwater"


def test_a_withdrawal_says_that_what_was_told_may_not_hold():
    said = letter(alert(kind="withdrawn")).split("\n\n")
    assert said[:2] == ["Withdrawn: Harbour votes to mend its breakwater", GONE]


def test_a_letter_names_the_other_pages_of_the_story_and_one_that_may_be_the_same():
    pages = [
        Mention(site="Coast News", url="https://coast.example/1"),
        Mention(url="https://inland.example/2"),
        Mention(),
    ]
    said = letter(alert(also_in=pages, perhaps_same_story="5" * 32))
    assert "\n\nAlso in: Coast News · https://coast.example/1\nAlso in: https://inland.example/2\n" in said
    assert f"Perhaps one story with: clipwire story {'5' * 32}\n" in said
    linked = letter(alert(perhaps_in=pages[:1], perhaps_same_story="5" * 32))
    assert "\n\nPerhaps one story with: Coast News · https://coast.example/1\n\n" in linked
