"""The day that htmldate reads from a page on which none of our rules found one; it is marked as inferred.

Only its fast mode is asked: the thorough one loads a parser of all languages, which takes 2.6 s of a CPU, and is
right on 6 days more and wrong on 3 (decision 0016).
"""

from collections.abc import Iterator
from itertools import islice

from htmldate import find_date

from functions.extract.metadata.dates.candidates import DateCandidate, DatedPage, machine_candidates
from functions.extract.page.lxml_queries import texts

MAX_ELEMENTS = 8_000  # elements; larger pages are not asked about, a bound on the time
MAX_TEXT = 200_000  # characters; likewise
YEAR_ALONE = "-01-01"  # what htmldate answers where it found no more than a year


def day_by_htmldate(page: DatedPage) -> Iterator[DateCandidate]:
    """The day that htmldate reads, unless it is the first of a year: all four such days were wrong."""
    root = page.declared.body.getroottree().getroot()
    if next(islice(root.iter(), MAX_ELEMENTS, None), None) is not None or sum(map(len, texts(root))) > MAX_TEXT:
        return
    day = find_date(root, original_date=True, extensive_search=False, url=page.address or None)
    for candidate in machine_candidates(day or "", "htmldate") if day and not day.endswith(YEAR_ALONE) else ():
        yield DateCandidate(candidate.moment, "htmldate", declared=False, is_weak=True)
