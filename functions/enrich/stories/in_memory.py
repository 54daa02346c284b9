"""Stories over a table in memory: what the backtest and the evaluation run, with the policy of the stack."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from functions.enrich.names.find import find_names
from functions.enrich.stories.joining import MAX_DAYS_APART, Candidate, Joined, join
from functions.enrich.stories.lookup import rank_candidates, read_keys, url_keys, written_keys
from functions.enrich.stories.reading.document import StoryDocument, StoryText, prepare_document
from functions.enrich.stories.reading.sketch import StorySketch
from functions.enrich.stories.reading.term_counts import TermCounts, starting_counts
from functions.enrich.text.fingerprint import fingerprint
from functions.enrich.text.language import detect_language
from shared.domain.documents import opened_story_id


@dataclass
class StoriesInMemory:
    """Articles of one stream, joined one after the other."""

    counts: TermCounts
    rows: dict[str, tuple[str, StorySketch]] = field(default_factory=dict)
    found_by: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, text: StoryText) -> tuple[str, Joined]:
        """The story of an article, and why."""
        document = prepare_document(text, self.counts)
        joined = join(document, self.candidates(document), self.counts)
        story = joined.story_id if joined.band == "joined" and joined.story_id else opened_story_id(text.document_id)
        self.rows[text.document_id] = (story, document.sketch)
        for key in written_keys(document, self.counts):
            self.found_by[key].append(text.document_id)
        self.counts.add(document.sketch.terms)
        return story, joined

    def candidates(self, document: StoryDocument) -> list[Candidate]:
        """The earlier articles of a week that stand under the same keys."""
        day = document.sketch.day
        found = {key: [name for name in self.found_by[key] if self.is_near(name, day)] for key in self.keys(document)}
        same = {name for key in url_keys(document) for name in found[key]}
        ranked = rank_candidates(found, document.document_id)
        return [Candidate(name, *self.rows[name], same_address=name in same) for name in ranked]

    def keys(self, document: StoryDocument) -> list[str]:
        return read_keys(document, self.counts)

    def is_near(self, document_id: str, day: int) -> bool:
        return abs(self.rows[document_id][1].day - day) <= MAX_DAYS_APART


def in_memory_joiner() -> Callable[[Mapping[str, Any]], str]:
    """A function that gives each article its story id, called in order of time.

    An article is a dict of `id`, `title`, `text`, `published_at` (ISO), `lang`.
    """
    stories: dict[str, StoriesInMemory] = {}

    def story_of(article: Mapping[str, Any]) -> str:
        text = story_text(article)
        if text.language not in stories:
            stories[text.language] = StoriesInMemory(starting_counts(text.language))
        return stories[text.language].add(text)[0]

    return story_of


def story_text(article: Mapping[str, Any]) -> StoryText:
    """An article of a plain dict, with its names and fingerprint."""
    text = article["text"]
    language = article.get("lang") or detect_language(text)
    return StoryText(
        document_id=article["id"],
        title=article["title"],
        text=text,
        published_on=date.fromisoformat(article["published_at"][:10]),
        language=language,
        names=find_names(text, language or "en"),
        fingerprint=fingerprint(text),
        url=article.get("url", ""),
    )
