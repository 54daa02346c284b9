"""How a stream ends at a threshold: what was silenced, and wrongly so."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from functions.enrich.stories.joining import BEST_SHARE
from infra.training.stories.streams import Labelled, Pairs

QUIET = timedelta(7)  # after which a story's next article is news again
Odds = dict[int, dict[str, list[float]]]


@dataclass
class Result:
    """Counts of articles: `missed` are the first of their story and silenced, `wrong` silenced in another story."""

    stories: int = 0
    missed: int = 0
    silenced: int = 0
    wrong: int = 0
    repeats: int = 0
    repeats_silenced: int = 0

    def __str__(self) -> str:
        return (
            f"missed {self.missed / self.stories:.4f} ({self.missed}) "
            f"repeats {self.repeats_silenced / max(1, self.repeats):.4f} "
            f"wrong {self.wrong / max(1, self.silenced):.4f}"
        )


def replay(pairs: Pairs, odds: np.ndarray, threshold: float) -> Result:
    """Joins article after article by the best story's log odds."""
    least = float(np.log(threshold / (1 - threshold)))
    by_new: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for new, old, value in zip(pairs.new, pairs.old, odds, strict=True):
        by_new[int(new)].append((int(old), float(value)))
    found: list[int] = []
    for place in range(len(pairs.stream)):
        found.append(story_of(place, by_new[place], found, least))
    return count(pairs.stream, found)


def story_of(place: int, judged: list[tuple[int, float]], found: list[int], least: float) -> int:
    """The story that the article joins, or its own place."""
    stories: dict[int, list[float]] = defaultdict(list)
    for old, value in judged:
        stories[found[old]].append(value)
    scores = {story: BEST_SHARE * max(v) + (1 - BEST_SHARE) * sum(v) / len(v) for story, v in stories.items()}
    best = max(scores, key=scores.__getitem__, default=place)
    return best if scores.get(best, least - 1) >= least else place


def count(stream: Sequence[Labelled], found: list[int]) -> Result:
    """The counts of a stream that was joined."""
    result = Result()
    members: dict[int, set[str]] = defaultdict(set)
    last: dict[str, date] = {}
    for article, story in zip(stream, found, strict=True):
        silenced, known = bool(members[story]), last.get(article.story)
        repeat = known is not None and article.text.published_on - known <= QUIET
        result.stories += known is None
        result.missed += silenced and known is None
        result.silenced += silenced
        result.wrong += silenced and article.story not in members[story]
        result.repeats += repeat
        result.repeats_silenced += repeat and silenced
        members[story].add(article.story)
        last[article.story] = article.text.published_on
    return result
