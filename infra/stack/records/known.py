"""What the records know already, for names that people type: sites."""

from itertools import islice

from infra.stack.records.documents import Question, matching_items
from infra.stack.target import Target

MAX_RECORDS = 2_000  # newest records whose sites are looked at, by judgement: some four calls, under a second


def known_sites(target: Target, typed: str) -> set[str]:
    """The site as typed if any record has it, else the sites of the newest records."""
    if typed and next(matching_items(target, Question(site=typed), None), None):
        return {typed}
    newest = islice(matching_items(target, Question(), None), MAX_RECORDS)
    return {str(item["site"]) for item in newest if item.get("site")}
