"""Writes `common_en.txt`: English words in small letters that this project's own texts use more than once.

`python -m infra.training.names.common_words`. A lone capitalised word of this list at the head of a sentence is no name
by itself.
"""

import re
import textwrap
from collections import Counter
from pathlib import Path

TEXTS = Path(__file__).parents[1] / "topics"
WORDS = Path(__file__).parents[3] / "functions" / "enrich" / "words" / "common_en.txt"
WIDTH = 150
_SMALL = re.compile(r"(?<![\w'’-])[a-z]{3,}(?![\w'’-])")
_HEAD = (
    "# English words in small letters, from the texts written for training; "
    "made by infra/training/names/common_words.py"
)


def common_words() -> list[str]:
    files = sorted(path for folder in ("written", "headlines") for path in (TEXTS / folder).glob("*.txt"))
    counts = Counter(word for path in files for word in _SMALL.findall(path.read_text(encoding="utf-8")))
    return sorted(word for word, count in counts.items() if count > 1)


if __name__ == "__main__":
    WORDS.write_text(f"{_HEAD}\n{textwrap.fill(' '.join(common_words()), WIDTH)}\n", encoding="utf-8")
