"""Whether an article is advice and no news: a guide, a list of products, a recipe. Only copies of such ones are joined.

Two guides to one subject say the same in the same words, and are no story. English.
"""

import re
from collections.abc import Sequence

from functions.enrich.text.fact_words import fact_words

MIN_ADDRESSES = 6  # times that a text says `you`; a report asks `if you saw it, call` two or three times
MIN_ADDRESS_SHARE = 0.012  # of the words: 56 % of web guides have it, and 1 % of news (decision 0023)
YOU = frozenset({"you", "your", "yours", "yourself", "you're", "you'll", "you've", "you'd"})
GUIDE_TITLE = re.compile(
    r"""
    \bhow\ (?:to|much|do|does|i)\b|\bguide\s(?:to|for)\b|\bguide\b[:)]?\s*$|\bguide:          # How to choose a bike
    |\b(?:\d+|top|the)\s(?:\w+\s)?(?:best|ways|tips|things|ideas|steps|reasons|types)\b        # 12 best machines
    |\bbest\s[\w\s]+\s(?:for|under|of|in\s20\d\d)\b|\balternatives?\b                          # Best CRMs of 2026
    |\btips\s(?:for|to|on)\b|\bfor\sbeginners\b|\bbeginner['’]?s\b|\bchecklist\b|\brecipes?\b  # Tips for parents
    |\bwhat\s(?:is|are)\s(?:a|an|the)\b|^(?:the\s)?history\sof\b|\breviewed\b|\bcosts:         # The history of coffee
    """,
    re.VERBOSE | re.IGNORECASE,
)


def is_guide(title: str, words: Sequence[str], language: str = "en") -> bool:
    """Whether the title says so, or the text speaks to its reader. It is asked of texts without a day or time."""
    if language != "en":
        return "?" in title or bool(fact_words(language).guide_title.search(title))
    if GUIDE_TITLE.search(title):
        return True
    addresses = sum(word.lower().replace("’", "'") in YOU for word in words)
    return addresses >= MIN_ADDRESSES and addresses >= MIN_ADDRESS_SHARE * len(words)
