"""All that an article says about itself once someone has read it: topics, names, summary, fingerprint."""

from functions.enrich.names.find import find_names
from functions.enrich.text.fingerprint import fingerprint
from functions.enrich.text.key_phrases import key_phrases
from functions.enrich.text.numbers import numbers_in
from functions.enrich.text.reading_time import count_words, reading_minutes
from functions.enrich.text.summary import summarise
from functions.enrich.topics.rank import applicable_topics, rank_topics, topics_note
from shared.domain.documents import Article, Enrichment
from shared.rules.document import MAX_SEARCHED_CHARACTERS


def enrich_article(article: Article) -> Enrichment:
    """What a reader of the article would note down: topics, names, summary, phrases, length, fingerprint. Pure.

    Rules are matched afterwards, since they search what is found here. Of a text longer than a book chapter only the
    opening is read, except for its length: the function has half a minute and 512 MB.
    """
    opening = article.text[:MAX_SEARCHED_CHARACTERS]
    topics = applicable_topics(rank_topics(article.title, opening, article.language))
    return Enrichment(
        topics=topics,
        topics_note=topics_note(article.title, opening, article.language, topics),
        names=find_names(opening, article.language or "en"),
        summary=summarise(article.standfirst, opening),
        key_phrases=key_phrases(article.title, opening, article.language or "en"),
        word_count=count_words(article.text),
        reading_minutes=reading_minutes(article.text),
        fingerprint=fingerprint(opening),
        numbers=numbers_in(f"{article.title}\n{article.standfirst}\n{opening}", article.language or "en"),
    )
