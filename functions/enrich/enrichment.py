"""All that an article says about itself once someone has read it: topics, names, summary, fingerprint."""

from functions.enrich.fingerprint import fingerprint
from functions.enrich.names import find_names
from functions.enrich.phrases import key_phrases
from functions.enrich.reading import count_words, reading_minutes
from functions.enrich.summary import summarise
from functions.enrich.topics import applicable_topics, rank_topics
from shared.domain.documents import Article, Enrichment


def enrich_article(article: Article) -> Enrichment:
    """Pure; the rules, which ask for what is found here, are matched afterwards."""
    return Enrichment(
        topics=applicable_topics(rank_topics(article.title, article.text)),
        names=find_names(article.text, article.language or "en"),
        summary=summarise(article.standfirst, article.text),
        key_phrases=key_phrases(article.title, article.text, article.language or "en"),
        word_count=count_words(article.text),
        reading_minutes=reading_minutes(article.text),
        fingerprint=fingerprint(article.text),
    )
