"""What counts as a correction of what was told, and what does not."""

import pytest

from functions.notify.telling.changes import changes_by_document, telling_facts
from functions.notify.telling.notices import correction_notice, is_notice
from shared.domain.documents import Outcome, Record
from shared.domain.told import Told, ToldDocument


def record(document: str = "a", **fields) -> Record:
    given = {"title": "Bridge falls into the river", "text": "A bridge fell.", "language": "en", **fields}
    return Record(
        document_id=document, outcome=Outcome.PUBLISHED, sequencer="1", source_bucket="pages",
        source_key="incoming/a.html", processed_at="2026-11-24T12:00:00Z", pipeline_version="1", **given,
    )  # fmt: skip


def told_of(told: Record, sent_at: str = "") -> ToldDocument:
    """What everybody was told of a record."""
    said = {"site": told.site or "", "url": told.url or "", "facts": telling_facts(told), "sent_at": sent_at}
    return ToldDocument(content="c", views=["everything"], language="en", **said)


def changed(told: Record, now: Record) -> list[tuple[str, str, str]]:
    """What a record changes of a story that another one told to everybody."""
    found = changes_by_document(Told(story_id="5" * 32, documents={told.document_id: told_of(told)}), now)
    return [(change.what, change.before, change.after) for change in found.get(told.document_id, [])]


@pytest.mark.parametrize(
    "paragraph",
    [
        "Correction: the bridge was built in 1911, not 1901.",
        "CORRECTION (May 2) The bridge was built in 1911.",
        "[Clarification – this report was changed after publication.]",
        "An earlier version of this article misspelled the mayor's name.",
        "Korrektur: In einem früheren Text stand ein falscher Name.",
        "Rectificatif : la mairie a été construite en 1911.",
        "Fe de errores: el puente se construyó en 1911.",
        "Errata corrige: il ponte è del 1911.",
        "В предыдущей версии статьи была указана другая дата.",
        "更正\uff1a大桥建于1911年。",
        "訂正: 橋は1911年に建てられました。",
        "Correction, Nov. 12: the bridge was built in 1911.",
        "* Correction * The bridge was built in 1911.",
        "Correction. The bridge was built in 1911.",
        "(Corrects paragraph 3 to show that the bridge was built in 1911)",
        "(This May 3 story has been corrected to fix the year in paragraph 2)",
        "This story has been updated to correct the spelling of the mayor's name.",
        "Because of an editing error, the year of the bridge was wrong.",
        "We originally reported that the bridge was built in 1901.",
        "In einer ersten Version dieses Textes stand ein falsches Jahr.",
        "Contrairement à ce que nous avons écrit, le pont date de 1911.",
        "En una primera versión de esta noticia el año era otro.",
        "In una precedente versione di questo articolo l'anno era sbagliato.",
        "В первоначальной версии статьи был указан другой год.",
        "ورد في نسخة سابقة من هذا الخبر أن الجسر بني عام 1901.",
        "本文早前版本误称大桥建于1901年,现已更正。",
        "\u3010訂正\u3011橋は1911年に建てられました。",
        "정정합니다: 다리는 1911년에 지어졌습니다.",
    ],
)
def test_a_notice_is_known_in_many_languages(paragraph):
    assert is_notice(paragraph)


@pytest.mark.parametrize(
    "paragraph",
    [
        "Correction officers struck on Monday: their union wants more pay.",
        "The minister asked for a correction of the map.",
        "Korrekturen am Haushalt: der Rat stimmt ab.",
        "Corrections and clarifications are what we owe our readers.",
        "Corrections, police and courts: what the parties promise.",
        "The court corrected an earlier ruling on Monday.",
        "The report has been amended by parliament.",
        "This story has been updated.",
    ],
)
def test_what_only_speaks_of_corrections_is_no_notice(paragraph):
    assert not is_notice(paragraph)


def test_a_notice_is_looked_for_at_either_end_of_a_text():
    middle = "\n\n".join(f"Paragraph {number} says a little." for number in range(40))
    notice = "Correction: the bridge was built in 1911."
    assert correction_notice(record(text=f"{middle}\n\n{notice}\n\nThe end.")) == notice
    assert correction_notice(record(text=f"{middle}\n\n{notice}\n\n{middle}")) == ""


def test_a_headline_is_compared_by_its_letters():
    told = record(title="Bridge falls into the river")
    assert changed(told, record(title="“Bridge falls” into the River!")) == []
    assert changed(told, record(title="Bridge stands")) == [("headline", told.title, "Bridge stands")]


def test_a_number_is_compared_with_that_of_the_same_noun_and_additions_correct_nothing():
    told = record(numbers=["12 wounded", "3 boats"])
    assert changed(told, record(numbers=["12 wounded", "3 boats", "7 divers"])) == []
    assert changed(told, record(numbers=["3 boats"])) == []
    assert changed(told, record(numbers=["14 wounded", "3 boats"])) == [("number", "12 wounded", "14 wounded")]


def test_a_number_is_told_as_the_text_writes_it():
    told, now = record(numbers=["12 Verletzte"]), record(numbers=["14 Verletzte"])
    assert changed(told, now) == [("number", "12 Verletzte", "14 Verletzte")]


def test_a_name_that_gives_way_to_another_of_its_kind_is_a_correction():
    told = record(people=["Jon Smyth"], places=["Port Cassel"], text="Jon Smyth saw it in Port Cassel.")
    now = record(people=["John Smith"], places=["Port Cassel"], text="John Smith saw it in Port Cassel.")
    assert changed(told, now) == [("name", "Jon Smyth", "John Smith")]


def test_a_name_that_is_still_in_the_text_was_not_corrected():
    told = record(people=["Jon Smyth"], text="Jon Smyth saw it.")
    assert changed(told, record(people=["Ida Berg"], text="Ida Berg and Jon Smyth saw it.")) == []


def test_of_another_paper_only_a_key_number_or_a_notice_counts():
    told = record(numbers=["12 wounded", "5:30 p.m."], people=["Jon Smyth"])
    other = {"title": "River takes a bridge", "people": ["Ida Berg"]}
    assert changed(told, record("b", numbers=["12 wounded", "5:26 p.m."], **other)) == []
    assert changed(told, record("b", numbers=["14 wounded", "5:26 p.m."], **other)) == [
        ("number", "12 wounded", "14 wounded")
    ]


def test_another_paper_that_counts_several_corrects_nothing():
    told = record(numbers=["12 wounded"])
    assert changed(told, record("b", numbers=["14 wounded", "3 wounded"])) == []


def test_a_text_in_another_language_is_not_compared():
    assert changed(record(), record(title="Brücke stürzt ein", language="de")) == []


def test_a_name_that_only_begins_a_longer_one_gave_way_to_it():
    told = record(people=["Pilar Monfort"], text="Pilar Monfort saw it.")
    now = record(people=["Pilar Monforte"], text="Pilar Monforte saw it.")
    assert changed(told, now) == [("name", "Pilar Monfort", "Pilar Monforte")]
    assert changed(told, record(people=["Ida Berg"], text="Ida Berg hörte Pilar Monforts Rede.")) == []
    assert (
        changed(record(people=["Berg"], text="Berg saw it."), record(people=["Ida Berg"], text="Ida Berg saw.")) == []
    )


def sample(*values: int) -> str:
    return "".join(f"{value:06x}" for value in values)


SAME_ADDRESS = {"site": "Vessby Post", "url": "https://www.vessbypost.example/mayor/"}
FOR_TELEPHONES = {"site": "Vessby Post", "url": "https://m.vessbypost.example/mayor?from=feed"}
TEXT, EDITED = sample(*range(10, 90, 10)), sample(10, 20, 35, 40, 50, 60, 70, 80)
REWRITTEN = sample(5, 15, 20, 35, 45, 50, 65, 75)


@pytest.mark.parametrize(
    ("told", "now", "is_compared"),
    [
        (SAME_ADDRESS, {"site": "Vessby Post", "url": "http://vessbypost.example/mayor"}, True),
        ({"site": "Vessby Post"}, {"site": "Vessby Post"}, True),
        ({"site": "Vessby Post"}, SAME_ADDRESS, True),
        ({"site": "Vessby Post"}, {"site": "Vessby Post", "title": "The bridge that fell"}, False),
        ({"site": "Vessby Post"}, {"site": "Almby Post"}, False),
        ({}, {}, False),
        (SAME_ADDRESS, {**SAME_ADDRESS, "url": "https://www.vessbypost.example/bridge"}, False),
        ({"url": "https://vessbypost.example/"}, {"url": "https://vessbypost.example/"}, False),
        ({**SAME_ADDRESS, "fingerprint": TEXT}, {**FOR_TELEPHONES, "fingerprint": EDITED}, True),
        ({**SAME_ADDRESS, "fingerprint": TEXT}, {**FOR_TELEPHONES, "fingerprint": REWRITTEN}, False),
        ({**SAME_ADDRESS, "fingerprint": TEXT}, {**FOR_TELEPHONES, "site": "Almby", "fingerprint": TEXT}, False),
        ({**SAME_ADDRESS, "fingerprint": TEXT}, {**FOR_TELEPHONES, "title": "Bridge sold", "fingerprint": TEXT}, False),
    ],
)
def test_a_page_that_was_saved_under_another_key_is_compared_as_a_version(told, now, is_compared):
    before = record(people=["Maja Lindh"], numbers=["14 invoices"], **told)
    after = record("b", people=["Mona Lindqvist"], numbers=["15 invoices"], **now)
    expected = [("number", "14 invoices", "15 invoices"), ("name", "Maja Lindh", "Mona Lindqvist")]
    assert changed(before, after) == (expected if is_compared else [])


def test_of_a_page_under_several_keys_the_one_that_was_told_last_is_compared():
    old, new = (record(name, numbers=[number], **SAME_ADDRESS) for name, number in (("a", "14 lots"), ("b", "15 lots")))
    story = Told(story_id="5" * 32, documents={"a": told_of(old, "2026-11-24"), "b": told_of(new, "2026-11-25")})
    assert not changes_by_document(story, record("c", numbers=["15 lots"], **SAME_ADDRESS))
    back = changes_by_document(story, record("a", numbers=["14 lots"], **SAME_ADDRESS))
    assert [(change.before, change.after) for change in back["a"]] == [("15 lots", "14 lots")]


@pytest.mark.parametrize(
    ("before", "after", "is_told"),
    [
        (range(0, 80, 10), range(5, 85, 10), True),
        (range(0, 80, 10), [5, 10, 25, 35, 45, 55, 65, 75], False),
        (range(0, 80, 10), [5, 65, 175, 305, 500, 510, 520, 530], False),  # a text cut to a fifth: two in the range
        (range(0, 80, 10), [], False),
        ([], range(0, 80, 10), False),
    ],
)
def test_another_text_under_the_same_headline_is_told(before, after, is_told):
    told, now = record(fingerprint=sample(*before)), record(fingerprint=sample(*after))
    assert [what for what, _, _ in changed(told, now)] == (["text"] if is_told else [])
    assert changed(told, record("b", fingerprint=sample(*after))) == []


def test_without_an_address_a_page_is_known_by_its_text_under_another_headline_too():
    told = record(site="Vessby Post", fingerprint=TEXT, numbers=["14 lots"])
    now = record("b", site="Vessby Post", title="Bridge sold", fingerprint=EDITED, numbers=["15 lots"])
    assert changed(told, now) == [("headline", told.title, "Bridge sold"), ("number", "14 lots", "15 lots")]
    assert changed(told, now.model_copy(update={"fingerprint": REWRITTEN})) == []
