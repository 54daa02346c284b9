"""What syndication does to an article: each function makes one paper's copy of it, always the same for the same seed."""

import random
import re
from collections.abc import Callable, Iterator

from tests.quality.articles import Written, read_blocks

_BLOCKS = {head: body.splitlines() for (head,), body in read_blocks("syndication.txt")}
_LEADS, _FOOTERS, _LOCAL = _BLOCKS["leads"], _BLOCKS["footers"], _BLOCKS["local"]
_OTHER_WORDS = dict(line.split(" > ") for line in _BLOCKS["words"])
_EDITED = 0.7


def _paragraphs(text: str) -> list[str]:
    return text.split("\n\n")


def credited(article: Written, chance: random.Random) -> str:
    """A dateline in front, the agency's credit and the paper's footer behind."""
    return f"CENTRAL CITY ({article.agency}) — {article.text}\n\n({article.agency})\n\n{chance.choice(_FOOTERS)}"


def framed(article: Written, chance: random.Random) -> str:
    """A new headline pasted into the body, and the site's own words all round."""
    headline = " ".join(article.text.split()[3:10]).title()
    return f"{headline}\n\n{chance.choice(_LEADS)}\n\n{article.text}\n\n{chance.choice(_FOOTERS)}"


def trimmed(article: Written, chance: random.Random) -> str:
    """The last paragraph or two cut for want of room."""
    paragraphs = _paragraphs(article.text)
    return "\n\n".join(paragraphs[: len(paragraphs) - chance.choice([1, 1, 2])])


def localised(article: Written, chance: random.Random) -> str:
    """One paragraph of the paper's own put in, the credit kept."""
    paragraphs = _paragraphs(article.text)
    paragraphs.insert(chance.randint(1, len(paragraphs)), chance.choice(_LOCAL))
    return "\n\n".join([*paragraphs, f"© {article.agency}"])


def dropped(article: Written, chance: random.Random) -> str:
    """One paragraph in the middle left out, two sentences run together elsewhere."""
    paragraphs = _paragraphs(article.text)
    del paragraphs[chance.randint(1, len(paragraphs) - 1)]
    return "\n\n".join(paragraphs).replace(". The ", "; the ", 1)


def edited(article: Written, chance: random.Random) -> str:
    """A copy-editor's pen: other words here and there, figures spelled the house way, quotes of the house."""
    words = [_edit(word, chance) for word in article.text.split(" ")]
    return re.sub(r'"([^"]*)"', r"“\1”", " ".join(words)).replace(" per cent", "%").replace("kilometres", "km")


def _edit(word: str, chance: random.Random) -> str:
    return _OTHER_WORDS[word] if word in _OTHER_WORDS and chance.random() < _EDITED else word


def reworked(article: Written, chance: random.Random) -> str:
    """Edited, framed and trimmed at once."""
    return framed(article._replace(text=trimmed(article._replace(text=edited(article, chance)), chance)), chance)


def flattened(article: Written, chance: random.Random) -> str:
    """The same words as a feed delivers them: no paragraphs, straight quotes, capitals in the lead."""
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
    """Every kind of copy, with its name."""
    for make in COPIES:
        yield make.__name__, make(article, random.Random(f"{article.event}{article.writer}{make.__name__}"))


def in_one_house(article: Written) -> str:
    """An article as one site shows it, with all that the site puts on every page."""
    return f"{_LEADS[0]}\n\n{article.text}\n\n{_LOCAL[1]}\n\n{_FOOTERS[1]}"
