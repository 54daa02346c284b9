"""Copies of an article as other newspapers print it: each function makes one kind, the same for the same seed."""

import random
import re
from collections.abc import Callable, Iterator

from tests.quality.articles import Written, read_blocks

BLOCKS = {head: body.splitlines() for (head,), body in read_blocks("syndication.txt")}
LEADS, FOOTERS, LOCAL = BLOCKS["leads"], BLOCKS["footers"], BLOCKS["local"]
OTHER_WORDS = dict(line.split(" > ") for line in BLOCKS["words"])
EDITED_SHARE = 0.7  # of the words for which the data has another word; by judgement


def paragraphs_of(text: str) -> list[str]:
    return text.split("\n\n")


def credited(article: Written, chance: random.Random) -> str:
    """A copy with a dateline before the text, and the agency's credit and the newspaper's footer after it."""
    return f"CENTRAL CITY ({article.agency}) — {article.text}\n\n({article.agency})\n\n{chance.choice(FOOTERS)}"


def framed(article: Written, chance: random.Random) -> str:
    """A copy with a new headline in the body, and sentences of the site before and after."""
    headline = " ".join(article.text.split()[3:10]).title()
    return f"{headline}\n\n{chance.choice(LEADS)}\n\n{article.text}\n\n{chance.choice(FOOTERS)}"


def trimmed(article: Written, chance: random.Random) -> str:
    """A copy without the last paragraph or the last two, as for want of space."""
    paragraphs = paragraphs_of(article.text)
    return "\n\n".join(paragraphs[: len(paragraphs) - chance.choice([1, 1, 2])])


def localised(article: Written, chance: random.Random) -> str:
    """A copy with one paragraph of the newspaper's own, and the credit."""
    paragraphs = paragraphs_of(article.text)
    paragraphs.insert(chance.randint(1, len(paragraphs)), chance.choice(LOCAL))
    return "\n\n".join([*paragraphs, f"© {article.agency}"])


def dropped(article: Written, chance: random.Random) -> str:
    """A copy without one paragraph in the middle, and with two sentences joined elsewhere."""
    paragraphs = paragraphs_of(article.text)
    del paragraphs[chance.randint(1, len(paragraphs) - 1)]
    return "\n\n".join(paragraphs).replace(". The ", "; the ", 1)


def edited(article: Written, chance: random.Random) -> str:
    """A copy after a copy editor: some other words, another spelling of units, other quotation marks."""
    words = [replace_word(word, chance) for word in article.text.split(" ")]
    return re.sub(r'"([^"]*)"', r"“\1”", " ".join(words)).replace(" per cent", "%").replace("kilometres", "km")


def replace_word(word: str, chance: random.Random) -> str:
    """Mostly another word, where the data has one."""
    return OTHER_WORDS[word] if word in OTHER_WORDS and chance.random() < EDITED_SHARE else word


def reworked(article: Written, chance: random.Random) -> str:
    """A copy that is edited, framed and trimmed."""
    return framed(article._replace(text=trimmed(article._replace(text=edited(article, chance)), chance)), chance)


def flattened(article: Written, chance: random.Random) -> str:
    """A copy as a feed delivers it: no paragraphs, straight quotation marks, the first words in capitals."""
    words = article.text.split()
    return " ".join([word.upper() for word in words[: chance.randint(3, 6)]] + words[6:])


COPIES: list[Callable[[Written, random.Random], str]] = [
    credited,
    framed,
    trimmed,
    localised,
    dropped,
    edited,
    reworked,
    flattened,
]


def copies(article: Written) -> Iterator[tuple[str, str]]:
    """Each kind of copy of an article, with its name."""
    for make in COPIES:
        yield make.__name__, make(article, random.Random(f"{article.event}{article.writer}{make.__name__}"))


def as_one_site_shows(article: Written) -> str:
    """An article as one site shows it, with the sentences that the site puts on every page."""
    return f"{LEADS[0]}\n\n{article.text}\n\n{LOCAL[1]}\n\n{FOOTERS[1]}"
