"""The place that a report opens with: "ROSARIO, May 4 (NCA) — …"."""

import re

MAX_OPENING = 160  # characters of the text that are read; a dateline stands at its very start (by judgement)
MAX_PLACE = 45  # characters; longer runs of capitals are headlines (by judgement)

CAPITAL = "A-ZÀ-ÖØ-ÞА-ЯΑ-Ω"

DATELINE = re.compile(
    rf"""
    ^(?P<place>
        [{CAPITAL}][^\W\d_]+                                # "ROSARIO"
        (?:[\s.'’-]{{1,2}}[{CAPITAL}a-z][^\W\d_]*\.?){{0,3}}   # "PORT SALIN", "St. Anne's Bay"
        (?:,\s[A-ZÀ-ÖØ-Þ][\w.]+(?:\s[A-Z]\w+)?)?            # "ROSARIO, Santa Fe"
    )
    (?:,?\s+
        (?:[^\W\d_]{{3,9}}\.?\s\d{{1,2}}                     # ", May 4"
          |\d{{1,2}}\.?\s[^\W\d_]{{3,9}}\.?)                # " 4. Mai"
        (?:,?\s\d{{4}})?                                    # ", 2025"
    )?
    \s*(?:[\[(][^()\[\]]{{2,40}}[\])])?                    # "(NCA)"
    \s*(?:\s[–—-]{{1,2}}\s?|[–—]\s?|:\s(?=[A-Z]))         # " — ", " -- ", ": The"
    """,
    re.VERBOSE,
)


def find_dateline(text: str) -> str:
    """The place alone, empty where the text does not open with one in the way agencies write it."""
    match = DATELINE.match(text[:MAX_OPENING])
    if not match or len(match["place"]) > MAX_PLACE:
        return ""
    place = match["place"].rstrip(" ,")
    head = place.split(",")[0]
    names_agency = re.search(r"[\[(]", match[0]) is not None
    return place if head.isupper() or names_agency else ""
