"""Ten thousand rules against articles: milliseconds per article, and how long a process waits before its first one.

`.venv/bin/python -m tests.benchmarks.bench_rules [RULES]` prints CPU time, for rules of two kinds. In `names`, nine
words of ten are names of people and places, as in a newsroom. In `hot`, half are words of the articles themselves, so
that hundreds of rules match, each with its highlight.
"""

import random
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable
from functools import partial

from functions.enrich.lexicon import load_words
from shared.domain.rules import Rule
from shared.rules.analysis import words
from shared.rules.document import SearchableDocument
from shared.rules.matcher import RuleSet
from shared.rules.parser import parse
from shared.rules.term_parser import parse_phrase_term, parse_word_term
from shared.text.stop_words import stop_words
from tests.benchmarks.bench_enrich import articles

RULES = 10_000  # as in decision 0006
ARTICLES = 60  # per length, by judgement: three of them are slower than p95
WORDS_PER_QUERY = 9  # drawn for each query; the longest shape uses five
LENGTHS = (600, 3_000)  # words of an ordinary and of a long article
MIN_WORD_LETTERS = 4  # of the articles' words in rules; shorter ones are hardly rules
SEED = 4  # of the dice, so that two runs have the same rules and articles
TITLE_CHARACTERS = 80  # of an article's first paragraph
SHAPES = (
    '"{} {}" AND ({} OR {}*)', "{} {} -{}", '"{} {}"', "title:({} OR {}) topic:conflict", '"{} {}"~5',
    "person:{} AND {}", "place:{} {}", "({} OR {} OR {}) AND ({} OR {})", '{} AND ("{} {} {}" OR {})',
    "organisation:{} OR ({} AND {})",
)  # fmt: skip


def queries(count: int, dice: random.Random, share_of_names: float) -> list[str]:
    """Queries of all shapes; the other words are words of the articles."""
    stops = stop_words()
    common = sorted(
        {word for text in articles() for word in words(text) if len(word) >= MIN_WORD_LETTERS and word not in stops}
    )
    names = sorted(load_words("places") | load_words("surnames"))
    return [
        dice.choice(SHAPES).format(
            *(dice.choice(names if dice.random() < share_of_names else common) for _ in range(WORDS_PER_QUERY))
        )
        for _ in range(count)
    ]


def documents(length: int, dice: random.Random) -> list[SearchableDocument]:
    """Documents of at least so many words, made of paragraphs in a new order each."""
    paragraphs = [paragraph for text in articles() for paragraph in text.split("\n\n")]
    return [shuffled_document(length, dice.sample(paragraphs, len(paragraphs))) for _ in range(ARTICLES)]


def shuffled_document(length: int, paragraphs: list[str]) -> SearchableDocument:
    taken: list[str] = []
    while sum(len(paragraph.split()) for paragraph in taken) < length:
        taken.append(paragraphs[len(taken) % len(paragraphs)])
    return SearchableDocument(
        title=taken[0][:TITLE_CHARACTERS],
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
        dice = random.Random(SEED)
        found = queries(count, dice, share)
        sys.stdout.write(
            "\n".join(
                [kind, *measure_rules([Rule(name=f"rule {n}", query=query) for n, query in enumerate(found)], dice)]
            )
            + "\n"
        )


def measure_rules(rules: list[Rule], dice: random.Random) -> list[str]:
    tracemalloc.start()
    ruleset = RuleSet(rules)
    rows = [f"  memory                     {tracemalloc.get_traced_memory()[0] / 1e6:8.1f} MB"]
    tracemalloc.stop()
    for remembered in (parse_word_term, parse_phrase_term):
        remembered.cache_clear()
    rows.append(f"  parsed and indexed in      {seconds(lambda: RuleSet(rules)) * 1000:8.0f} ms")
    rows.append(f"  indexed anew after a change{seconds(lambda: RuleSet(rules[1:], ruleset.parsed)) * 1000:8.0f} ms")
    return [*rows, *(measure_matching(ruleset, documents(length, dice), length) for length in LENGTHS)]


def measure_matching(ruleset: RuleSet, watched: list[SearchableDocument], length: int) -> str:
    ruleset.match(watched[0])
    times = sorted(seconds(partial(ruleset.match, document)) * 1000 for document in watched)
    hits = statistics.mean(len(ruleset.match(document)) for document in watched)
    middle, late = times[len(times) // 2], times[len(times) * 95 // 100]
    return f"  article of {length:4} words      {middle:8.1f} ms median, {late:.1f} ms p95, {hits:.0f} rules match"


if __name__ == "__main__":
    main()
