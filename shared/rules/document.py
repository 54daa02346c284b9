"""A document as rules search it: the values of each field, and how the words of a field are compared."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from shared.domain.documents import Article, Enrichment, Record
from shared.rules.analysis import fold_plural, words

# Of a longer text rules read the opening. A text of 8 million characters took enrich 16 s of CPU time and 540 MB.
MAX_SEARCHED_CHARACTERS = 200_000
ANYWHERE = ""
PROSE = ("title", "text")
NAMED = ("site", "topic", "language", "person", "organisation", "place")


@dataclass(frozen=True, slots=True)
class SearchableDocument:
    """The fields that a rule can search. `site:` matches the site's name and the host of `url`."""

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
    def of(cls, article: Article, enrichment: Enrichment) -> "SearchableDocument":
        """An article with the topics and names that enrichment found."""
        named = {
            kind: tuple(name.plain for name in enrichment.names if name.kind == kind)
            for kind in ("person", "organisation", "place")
        }
        return cls(
            article.title,
            join_standfirst(article.standfirst, article.text),
            article.site,
            article.url,
            article.language,
            tuple(topic.slug for topic in enrichment.topics),
            *named.values(),
        )

    @classmethod
    def of_record(cls, record: Record) -> "SearchableDocument":
        """A record as it stands in the table; one whose text is kept elsewhere has its summary read in place of it."""
        return cls(
            record.title or "",
            join_standfirst(record.standfirst or "", record.text or record.summary or ""),
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
            return tuple((self.title if field == "title" else self.text)[:MAX_SEARCHED_CHARACTERS].split("\n\n"))
        named = {
            "site": (self.site, host_words(self.url)),
            "topic": self.topics,
            "language": (self.language,),
            "person": self.people,
            "organisation": self.organisations,
            "place": self.places,
        }
        return named[field]


def join_standfirst(standfirst: str, text: str) -> str:
    """Standfirst and text, the standfirst only where the text does not open with it."""
    return text if not standfirst or text.startswith(standfirst) else f"{standfirst}\n\n{text}"


def host_words(address: str) -> str:
    """The host of an address, or of a bare host, without `www.`; empty where there is none."""
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def field_words(field: str, text: str) -> list[str]:
    """The text's words as the field compares them: prose folds plurals, names and slugs keep theirs."""
    return [fold_plural(word) for word in words(text)] if field in PROSE or field == ANYWHERE else words(text)
