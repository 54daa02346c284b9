"""The document as rules see it: what each field says, and how its words are compared."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from functions.enrich.rules.analysis import singular, words
from shared.domain.documents import Article, Enrichment, Record

READ_CHARACTERS = 200_000
ANYWHERE = ""
PROSE = ("title", "text")
NAMED = ("site", "topic", "language", "person", "organisation", "place")


@dataclass(frozen=True, slots=True)
class WatchedDocument:
    """What a rule can ask of. `site:` is met by the site's name and by the host of `url`."""

    title: str = ""
    text: str = ""
    site: str = ""
    url: str = ""
    language: str = ""
    topics: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    places: tuple[str, ...] = ()

    @classmethod
    def of(cls, article: Article, enrichment: Enrichment) -> "WatchedDocument":
        """An article with the topics and names that enrichment found."""
        named = {
            kind: tuple(name.text for name in enrichment.names if name.kind == kind)
            for kind in ("person", "organisation", "place")
        }
        return cls(
            article.title,
            _prose(article.standfirst, article.text),
            article.site,
            article.url,
            article.language,
            tuple(topic.slug for topic in enrichment.topics),
            *named.values(),
        )

    @classmethod
    def of_record(cls, record: Record) -> "WatchedDocument":
        """A record as it stands in the table; one whose text is kept elsewhere has its summary read in place of it."""
        return cls(
            record.title or "",
            _prose(record.standfirst or "", record.text or record.summary or ""),
            record.site or "",
            record.url or "",
            record.language or "",
            tuple(record.topics or ()),
            tuple(record.people or ()),
            tuple(record.organisations or ()),
            tuple(record.places or ()),
        )

    def values(self, field: str) -> tuple[str, ...]:
        """What the field says, each value or paragraph apart."""
        if field in PROSE:
            return tuple((self.title if field == "title" else self.text)[:READ_CHARACTERS].split("\n\n"))
        named = {
            "site": (self.site, site_words(self.url)),
            "topic": self.topics,
            "language": (self.language,),
            "person": self.people,
            "organisation": self.organisations,
            "place": self.places,
        }
        return named[field]


def _prose(standfirst: str, text: str) -> str:
    """Standfirst and text, the standfirst only where the text does not open with it."""
    return text if not standfirst or text.startswith(standfirst) else f"{standfirst}\n\n{text}"


def site_words(address: str) -> str:
    """The host of an address, or of a bare host, without `www.`; empty where there is none."""
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def words_in(field: str, text: str) -> list[str]:
    """The text's words as the field compares them: prose folds plurals, names and slugs keep theirs."""
    return [singular(word) for word in words(text)] if field in PROSE or field == ANYWHERE else words(text)
