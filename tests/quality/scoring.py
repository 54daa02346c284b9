"""How close an extracted article is to the truth about its page: every measure is between 0 and 1.

Bodies are compared by the runs of four words that they share, as public benchmarks of article extraction do. So one
wrong line costs little, and a wrong article scores 0. A letter of a script without spaces counts as a word.
"""

import re
import statistics
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

WORDS_PER_RUN = 4  # as in public benchmarks of article extraction
MAX_SECONDS_APART = 60  # of two times that are the same minute
UNSPACED = re.compile("([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff])")
WORD = re.compile(r"\w+")
QUOTES = dict.fromkeys(map(ord, '‘’‚‛“”„‟«»‹›`´"'), "'")
DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\ufeff"))
FOLDS = QUOTES | DASHES | UNSEEN

Truth = Mapping[str, Any]


@dataclass(frozen=True)
class BodyScore:
    precision: float
    recall: float
    exact: bool

    @property
    def f1(self) -> float:
        return harmonic(self.precision, self.recall)


def harmonic(first: float, second: float) -> float:
    return 2 * first * second / (first + second) if first + second else 0.0


def words(text: str) -> list[str]:
    return WORD.findall(UNSPACED.sub(r" \1 ", text))


def runs(text: str) -> Counter[tuple[str, ...]]:
    """How often each run of four words occurs. A text with fewer words is one run."""
    found = words(text)
    return Counter(tuple(found[i : i + WORDS_PER_RUN]) for i in range(max(1, len(found) - WORDS_PER_RUN + 1)))


def body_score(truth: str, got: str) -> BodyScore:
    wanted, given = runs(truth), runs(got)
    shared = (wanted & given).total()
    return BodyScore(shared / given.total(), shared / wanted.total(), exact=words(truth) == words(got))


def best_body_score(truth: Truth, got: str) -> BodyScore:
    """The better score of two: with the standfirst before the truth's text, and without it. Both are good practice."""
    either = [truth["text"], f"{truth.get('standfirst', '')}\n\n{truth['text']}"]
    return max((body_score(text, got) for text in either), key=lambda score: (score.exact, score.f1))


def folded(text: str) -> str:
    """A text for comparing: without differences of case, quotation marks, dashes, white space and unseen characters."""
    plain = unicodedata.normalize("NFKC", text).translate(FOLDS).casefold()
    return " ".join(plain.split()).strip(" .'|")


def same_text(truth: str | None, got: str | None) -> float:
    return float(folded(truth or "") == folded(got or ""))


def same_names(truth: Iterable[str], got: Iterable[str]) -> float:
    """F1 of two sets of names. It is 1 where both are empty."""
    wanted, given = {folded(name) for name in truth}, {folded(name) for name in got}
    return 2 * len(wanted & given) / (len(wanted) + len(given)) if wanted or given else 1.0


def same_day(truth: str | None, got: str | None) -> float:
    """1 if both have the same calendar day in the zone of the truth."""
    if not truth or not got:
        return float(truth == got)
    wanted, given = datetime.fromisoformat(truth), datetime.fromisoformat(got)
    local = given.astimezone(wanted.tzinfo) if wanted.tzinfo and given.tzinfo else given
    return float(local.date() == wanted.date())


def same_minute(truth: str | None, got: str | None) -> float:
    """1 if both are the same instant, or the same wall clock where either side names no zone."""
    if not truth or not got or not has_time(got):
        return 0.0
    wanted, given = datetime.fromisoformat(truth), datetime.fromisoformat(got)
    if not (wanted.tzinfo and given.tzinfo):
        wanted, given = wanted.replace(tzinfo=None), given.replace(tzinfo=None)
    return float(abs((wanted - given).total_seconds()) < MAX_SECONDS_APART)


def has_time(moment: str | None) -> bool:
    return len(moment or "") > len("2025-05-01")


def same_zone(truth: str | None, got: str | None) -> float:
    """1 if both name a zone, or if neither does."""
    zones = [
        datetime.fromisoformat(moment).tzinfo is not None if has_time(moment) else None
        for moment in (truth, got)
        if moment
    ]
    return float(len(zones) == 2 and zones[0] == zones[1])


MEASURES: dict[str, tuple[str, Callable[[Any, Any], float]]] = {
    "title": ("title", same_text),
    "standfirst": ("standfirst", same_text),
    "authors": ("authors", same_names),
    "site": ("site", same_text),
    "url": ("url", same_text),
    "language": ("language", same_text),
    "date": ("published_at", same_day),
    "date source": ("published_at_source", same_text),
    "modified": ("modified_at", same_day),
    "time": ("published_at", same_minute),
    "zone": ("published_at", same_zone),
}


def field_scores(truth: Truth, got: Truth) -> dict[str, float]:
    """The score of each field that the truth has."""
    asked = {name for name, (key, _) in MEASURES.items() if key in truth}
    if not has_time(truth.get("published_at")):
        asked -= {"time", "zone"}
    if not truth.get("modified_at"):
        asked -= {"modified"}
    scores = {name: MEASURES[name][1](truth[MEASURES[name][0]], got[MEASURES[name][0]]) for name in asked}
    if "sections" in truth:
        scores["sections"] = same_names(
            truth["sections"], [part["heading"] for part in got["sections"] if part["heading"]]
        )
    return scores


def mean(values: Iterable[float]) -> float:
    return statistics.fmean(values)


def mean_where_known(rows: Sequence[Mapping[str, float]], field: str) -> float:
    return mean(row[field] for row in rows if field in row)


def table(lines: Iterable[Sequence[str]], widths: Sequence[int]) -> str:
    """Lines in columns: the first column is aligned left, and the others right."""
    return "\n".join(align_cells(line, widths) for line in lines)


def align_cells(line: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(
        [line[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True))]
    ).rstrip()
