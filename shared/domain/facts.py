"""What an alert told as fact: the headline, the names and numbers. A later text that says otherwise corrects it."""

from pydantic import Field

from shared.domain.clean_text import CleanLine
from shared.domain.documents import Frozen, Record

# What is kept of a record's facts, so that what was told of an ordinary story stays within one write unit of 1,024
# bytes: by judgement, the facts of a headline and a lead.
MAX_TITLE_LENGTH = 200  # characters
MAX_FACT_LENGTH = 40  # characters of a number with its noun, or of a name
MAX_NUMBERS = 8
MAX_NAMES_OF_A_KIND = 3
MAX_NOTICE_LENGTH = 300  # characters of a correction notice
MAX_HASHES = 8  # of a fingerprint: of two texts that share a third, 96 in 100 share one of them
HASH_DIGITS = 6  # hexadecimal digits of a hash, as enrich writes them
MIN_COMPARED_HASHES = 3  # of either text in the range of both: fewer say nothing; by judgement


class Facts(Frozen):
    """The facts of one version. `notice` is its correction notice, empty where it has none.

    `sample` is the beginning of its fingerprint, empty for what was told before there were samples.
    """

    title: CleanLine = ""
    numbers: list[CleanLine] = Field(default_factory=list)
    people: list[CleanLine] = Field(default_factory=list)
    organisations: list[CleanLine] = Field(default_factory=list)
    places: list[CleanLine] = Field(default_factory=list)
    notice: CleanLine = ""
    sample: str = ""


def facts_of(record: Record, notice: str = "") -> Facts:
    """The facts of a published record, cut to what is kept; which notice a text has, notify finds."""
    return Facts(
        title=(record.title or "")[:MAX_TITLE_LENGTH],
        numbers=short_ones(record.numbers)[:MAX_NUMBERS],
        people=short_ones(record.people)[:MAX_NAMES_OF_A_KIND],
        organisations=short_ones(record.organisations)[:MAX_NAMES_OF_A_KIND],
        places=short_ones(record.places)[:MAX_NAMES_OF_A_KIND],
        notice=notice[:MAX_NOTICE_LENGTH],
        sample=(record.fingerprint or "")[: MAX_HASHES * HASH_DIGITS],
    )


def shared_text(before: str, after: str) -> float | None:
    """The share, 0 to 1, of the shorter text that the other has too; None where samples are too small to say it.

    Samples are in rising order, and compared up to the smaller of their largest hashes: of a text that was cut, fewer
    are left there.
    """
    ours, theirs = hashes_of(before), hashes_of(after)
    if not ours or not theirs:
        return None
    reach = min(ours[-1], theirs[-1])
    ours, theirs = ([value for value in each if value <= reach] for each in (ours, theirs))
    fewer = min(len(ours), len(theirs))
    return len(set(ours) & set(theirs)) / fewer if fewer >= MIN_COMPARED_HASHES else None


def hashes_of(sample: str) -> list[str]:
    return [sample[start : start + HASH_DIGITS] for start in range(0, len(sample), HASH_DIGITS)]


def short_ones(facts: list[str] | None) -> list[str]:
    """Those that are not too long to be kept whole: half a name would look like another name."""
    return [fact for fact in facts or [] if len(fact) <= MAX_FACT_LENGTH]
