"""An article on its way through the stories table: entered, compared with what is there, and decided.

Its own row is written first, and the others are read consistently afterwards. So of two copies that arrive at once, one
at least sees the other. Whoever decides first decides for both: the document with the smaller id opens the story.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from functions.enrich.stories.joining import MAX_DAYS_APART, Candidate, Joined, join
from functions.enrich.stories.lookup import rank_candidates, read_keys, url_keys, written_keys
from functions.enrich.stories.reading.document import StoryDocument, StoryText, prepare_document
from functions.enrich.stories.reading.packing import pack_sketch, unpack_sketch
from functions.enrich.stories.reading.term_counts import TermCounts
from functions.enrich.stories.stream_counts import StreamCounts
from shared.domain.documents import opened_story_id
from shared.domain.stories import StoryDecision, StoryRow
from shared.ports import Stories

PROBABILITY_DIGITS = 3  # of a probability that a person reads


@dataclass(frozen=True)
class JoinStories:
    """The table, and the counts of its stream. Every method may raise `Transient`."""

    stories: Stories
    counts: StreamCounts

    def join(self, text: StoryText, sequencer: str) -> StoryDecision:
        """The story of an article. A document that is known keeps its story, whatever its new version says."""
        counts = self.counts.of(text.language)
        document = prepare_document(text, counts)
        standing = self.stories.enter(row_of(document, sequencer, written_keys(document, counts)))
        if standing.decision:
            return standing.decision
        joined = join(document, self.find_candidates(document, counts), counts)
        decision = self.stories.decide(text.document_id, self.agree(text.document_id, joined))
        self.counts.add(text.language, document.sketch.terms)
        return decision

    def find_candidates(self, document: StoryDocument, counts: TermCounts) -> list[Candidate]:
        """The articles of a week that stand under the document's keys, the likeliest ones."""
        day, apart = date.fromordinal(document.sketch.day), timedelta(MAX_DAYS_APART)
        keys = read_keys(document, counts)
        found = self.stories.look_up(keys, (day - apart).isoformat(), (day + apart).isoformat())
        same = {name for key in url_keys(document) for name in found.get(key, ())}
        ids = rank_candidates({key: found.get(key, ()) for key in keys}, document.document_id)
        return list(candidates_of(self.stories.fetch(ids) if ids else (), same))

    def agree(self, document_id: str, joined: Joined) -> StoryDecision:
        """The decision, after those that it depends on: members that their workers have not decided yet."""
        own = opened_story_id(document_id)
        if joined.band == "new":
            return StoryDecision(own)
        probability = round(joined.probability, PROBABILITY_DIGITS)
        if joined.band == "perhaps":
            other = joined.story_id or opened_story_id(min(joined.members))
            return StoryDecision(own, probability, joined.evidence, other)
        if joined.story_id:
            return StoryDecision(joined.story_id, probability, joined.evidence)
        return self.decide_for_both(document_id, joined, probability)

    def decide_for_both(self, document_id: str, joined: Joined, probability: float) -> StoryDecision:
        """The story of two copies that arrive at once: of the smaller id, unless the other was decided meanwhile."""
        [member] = joined.members
        opener = min(document_id, member)
        proposed = StoryDecision(opened_story_id(opener), probability, joined.evidence)
        for_member = StoryDecision(proposed.story_id) if member == opener else proposed
        story = self.stories.decide(member, for_member).story_id
        if story == opened_story_id(document_id):
            return StoryDecision(story)
        return StoryDecision(story, probability, joined.evidence)

    def forget(self, document_id: str, sequencer: str) -> None:
        """Removes what is kept of a document that is no longer published."""
        self.stories.remove(document_id, sequencer)


def joiner_over(stories: Stories) -> JoinStories:
    """One for each worker, with counts of its own."""
    return JoinStories(stories, StreamCounts(stories))


def row_of(document: StoryDocument, sequencer: str, keys: Iterable[str]) -> StoryRow:
    return StoryRow(
        document_id=document.document_id,
        sequencer=sequencer,
        day=date.fromordinal(document.sketch.day).isoformat(),
        keys=tuple(keys),
        sketch=pack_sketch(document.sketch),
    )


def candidates_of(rows: Iterable[StoryRow], same_address: set[str]) -> Iterable[Candidate]:
    """Rows as candidates, without those whose sketch is of another format."""
    for row in rows:
        sketch = unpack_sketch(row.sketch)
        if sketch:
            story = row.decision.story_id if row.decision else None
            yield Candidate(row.document_id, story, sketch, same_address=row.document_id in same_address)
