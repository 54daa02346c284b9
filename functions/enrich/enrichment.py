"""All that an article says about itself once someone has read it: topics, names, summary, fingerprint."""

from functions.enrich.names.find import find_names
from functions.enrich.rules.document import READ_CHARACTERS
from functions.enrich.text.fingerprint import fingerprint
from functions.enrich.text.key_phrases import key_phrases
from functions.enrich.text.reading_time import count_words, reading_minutes
from functions.enrich.text.summary import summarise
from functions.enrich.topics.rank import applicable_topics, rank_topics
from shared.domain.documents import Article, Enrichment


def enrich_article(article: Article) -> Enrichment:
    """Pure; the rules, which ask for what is found here, are matched afterwards. Of a text as long as a book, all but its length is
    told from the opening that rules read too: the function has half a minute and 512 MB.
    """
    opening = article.text[:READ_CHARACTERS]
    return Enrichment(
        topics=applicable_topics(rank_topics(article.title, opening)),
        names=find_names(opening, article.language or "en"),
        summary=summarise(article.standfirst, opening),
        key_phrases=key_phrases(article.title, opening, article.language or "en"),
        word_count=count_words(article.text),
        reading_minutes=reading_minutes(article.text),
        fingerprint=fingerprint(opening),
    )
