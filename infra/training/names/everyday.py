"""Writes a language's everyday words, `languages/LANGUAGE/everyday.txt`.

Those in small letters in the texts written for topics.

`python -m infra.training.names.everyday LANGUAGE …`. The most frequent words come first, since
the first ones serve as stop words.
"""

import re
import sys
import textwrap
from collections import Counter
from pathlib import Path

HERE = Path(__file__).parent
TOPIC_TEXTS = HERE.parent / "topics" / "languages"
WIDTH = 150
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


def read_own_texts(language: str, parts: tuple[str, ...] = ("written", "headlines", "lexicon")) -> list[str]:
    """The articles and headlines that were written to train topics, and the terms of the lexicon."""
    return [
        line
        for name in parts
        for line in (TOPIC_TEXTS / language / f"{name}.txt").read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.startswith("[")
    ]


def everyday_words(texts: list[str]) -> list[str]:
    counts = Counter(word for text in texts for word in _WORD.findall(text) if word.islower())
    return sorted(counts, key=lambda word: (-counts[word], word))


def main(languages: list[str]) -> None:
    for language in languages:
        words = " ".join(everyday_words(read_own_texts(language)))
        lines = textwrap.fill(words, WIDTH, break_on_hyphens=False, break_long_words=False)
        (HERE / "languages" / language / "everyday.txt").write_text(lines + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
