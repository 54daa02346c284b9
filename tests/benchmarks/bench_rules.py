"""Ten thousand rules against articles: milliseconds an article, and what a process waits for before its first.

`python -m tests.benchmarks.bench_rules [RULES]`; processor time. Rules of two kinds: `names`, where nine words of ten are names of
people and places, as in a newsroom; and `hot`, where half are words of the very articles, so that hundreds match, each with evidence.
"""

import random
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable

from functions.enrich.lexicon import load_words
from functions.enrich.rules.analysis import words
from functions.enrich.rules.document import SearchableDocument
from functions.enrich.rules.matcher import RuleSet
from functions.enrich.rules.parser import parse
from functions.enrich.rules.term_parser import parse_phrase_term, parse_word_term
from functions.enrich.text.stop_words import stop_words
from shared.domain.rules import Rule
from tests.benchmarks.bench_enrich import articles

RULES = 10_000
ARTICLES = 60
SHAPES = (
    '"{} {}" AND ({} OR {}*)', "{} {} -{}", '"{} {}"', "title:({} OR {}) topic:conflict", '"{} {}"~5', "person:{} AND {}", "place:{} {}",
    "({} OR {} OR {}) AND ({} OR {})", '{} AND ("{} {} {}" OR {})', "organisation:{} OR ({} AND {})",
)  # fmt: skip


def queries(count: int, dice: random.Random, share_of_names: float) -> list[str]:
    stops = stop_words()
    told = sorted({word for text in articles() for word in words(text) if len(word) > 3 and word not in stops})
    names = sorted(load_words("places") | load_words("surnames"))
    return [
        dice.choice(SHAPES).format(*(dice.choice(names if dice.random() < share_of_names else told) for _ in range(9)))
        for _ in range(count)
    ]


def documents(length: int, dice: random.Random) -> list[SearchableDocument]:
    paragraphs = [paragraph for text in articles() for paragraph in text.split("\n\n")]
    return [_document(length, dice.sample(paragraphs, len(paragraphs))) for _ in range(ARTICLES)]


def _document(length: int, paragraphs: list[str]) -> SearchableDocument:
    taken: list[str] = []
    while sum(len(paragraph.split()) for paragraph in taken) < length:
        taken.append(paragraphs[len(taken) % len(paragraphs)])
    return SearchableDocument(
        title=taken[0][:80],
        text="\n\n".join(taken),
        site="The Harbour",
        language="en",
        topics=("conflict",),
        people=("Ana Jones",),
        places=("Oslo",),
    )


def seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else RULES
    sys.stdout.write(f"{count} rules\ngrammar loaded in            {seconds(lambda: parse('oil')) * 1000:8.0f} ms\n")
    for kind, share in (("names", 0.9), ("hot", 0.5)):
        dice = random.Random(4)
        found = queries(count, dice, share)
        sys.stdout.write(
            "\n".join([kind, *_rows([Rule(name=f"rule {n}", query=query) for n, query in enumerate(found)], dice)])
            + "\n"
        )


def _rows(rules: list[Rule], dice: random.Random) -> list[str]:
    tracemalloc.start()
    ruleset = RuleSet(rules)
    rows = [f"  memory                     {tracemalloc.get_traced_memory()[0] / 1e6:8.1f} MB"]
    tracemalloc.stop()
    for remembered in (parse_word_term, parse_phrase_term):
        remembered.cache_clear()
    rows.append(f"  parsed and indexed in      {seconds(lambda: RuleSet(rules)) * 1000:8.0f} ms")
    rows.append(f"  indexed anew after a change{seconds(lambda: RuleSet(rules[1:], ruleset.parsed)) * 1000:8.0f} ms")
    return [*rows, *(_matching(ruleset, documents(length, dice), length) for length in (600, 3000))]


def _matching(ruleset: RuleSet, watched: list[SearchableDocument], length: int) -> str:
    ruleset.match(watched[0])
    times = sorted(seconds(lambda document=document: ruleset.match(document)) * 1000 for document in watched)  # type: ignore[misc]
    hits = statistics.mean(len(ruleset.match(document)) for document in watched)
    middle, late = times[len(times) // 2], times[len(times) * 95 // 100]
    return f"  article of {length:4} words      {middle:8.1f} ms median, {late:.1f} ms p95, {hits:.0f} rules match"


if __name__ == "__main__":
    main()
