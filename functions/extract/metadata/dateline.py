"""The place that a report opens with: "ROSARIO, May 4 (NCA) — …"."""

import re

_DATELINE = re.compile(
    r"^(?P<place>[A-ZÀ-ÖØ-ÞА-ЯΑ-Ω][^\W\d_]+(?:[\s.'’-]{1,2}[A-ZÀ-ÖØ-ÞА-ЯΑ-Ωa-z][^\W\d_]*\.?){0,3}(?:,\s[A-ZÀ-ÖØ-Þ][\w.]+(?:\s[A-Z]\w+)?)?)"
    r"(?:,?\s+(?:[^\W\d_]{3,9}\.?\s\d{1,2}|\d{1,2}\.?\s[^\W\d_]{3,9}\.?)(?:,?\s\d{4})?)?"
    r"\s*(?:[\[(][^()\[\]]{2,40}[\])])?\s*(?:\s[–—-]{1,2}\s?|[–—]\s?|:\s(?=[A-Z]))"
)
_LONGEST = 45


def find_dateline(text: str) -> str:
    """The place alone, empty where the text does not open with one in the way agencies write it."""
    match = _DATELINE.match(text[:160])
    if not match or len(match["place"]) > _LONGEST:
        return ""
    place = match["place"].rstrip(" ,")
    head = place.split(",")[0]
    agency = re.search(r"[\[(]", match[0]) is not None
    return place if head.isupper() or agency else ""
