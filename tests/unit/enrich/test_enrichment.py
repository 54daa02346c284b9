"""What enrichment reads of a text that is longer than any article."""

from functions.enrich.enrichment import enrich_article
from functions.enrich.rules.document import MAX_SEARCHED_CHARACTERS
from shared.domain.documents import Article

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
