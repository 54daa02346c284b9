"""What enrichment reads of a text that is longer than any article."""

from functions.enrich.enrichment import enrich_article
from functions.enrich.record import published_record
from shared.domain.documents import Article, Source
from shared.rules.document import MAX_SEARCHED_CHARACTERS

OPENING = "Mayor Anna Lindqvist of Karlsby opened the harbour bridge on Monday. "
LATE = "Doctor Peter Holloway spoke in Wexmouth. "


def test_a_text_as_long_as_a_book_is_told_from_its_opening_and_counted_whole():
    opening = OPENING * (MAX_SEARCHED_CHARACTERS // len(OPENING) + 1)
    book = Article(title="Bridge opens", text=opening + LATE * 3_000, language="en")
    told, of_opening = (
        enrich_article(book.model_copy(update={"text": text}))
        for text in (book.text, book.text[:MAX_SEARCHED_CHARACTERS])
    )
    assert (told.names, told.summary, told.fingerprint) == (
        of_opening.names,
        of_opening.summary,
        of_opening.fingerprint,
    )
    assert any("Lindqvist" in name.text for name in told.names)
    assert told.word_count == len(book.text.split())


def test_an_article_in_a_language_without_topics_says_so_on_its_record():
    finnish = Article(title="Silta avattiin", text="Kaupunki avasi uuden sillan maanantaina.", language="fi")
    enrichment = enrich_article(finnish)
    record = published_record(Source(bucket="pages", key="silta.html"), finnish, enrichment, "2026-05-01T10:00:00Z")
    assert record.topics is None
    assert record.topics_note == "no topics: there is no model for the language fi"


def test_an_article_gets_the_topics_of_its_own_language():
    german = Article(
        title="Grüne gewinnen die Landtagswahl",
        text="Bei der Landtagswahl haben die Grünen die meisten Stimmen erhalten.",
        language="de",
    )
    enrichment = enrich_article(german)
    assert enrichment.topics[0].slug == "politics"
    assert enrichment.topics_note == ""
