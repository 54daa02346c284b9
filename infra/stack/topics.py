"""Topic names as people type them."""

from difflib import get_close_matches

from infra.errors import CliError
from shared.domain.topics import TOPIC_SLUGS

_ALSO = {
    "sports": "sport", "war": "conflict", "business": "economy", "finance": "economy", "labor": "labour",
    "culture": "arts", "entertainment": "arts", "tech": "science",
    "technology": "science", "climate": "environment", "police": "crime", "law": "crime", "accident": "disaster",
}  # fmt: skip


def topics_that_begin_with(typed: str) -> list[str]:
    """For a shell that completes a word."""
    return [slug for slug in TOPIC_SLUGS if slug.startswith(typed)]


def one_of_the_topics(word: str) -> str:
    """The slug that was meant exactly; raises `CliError` with the nearest ones otherwise."""
    slug = word.strip().lower().replace(" ", "-").replace("_", "-")
    if slug in TOPIC_SLUGS:
        return slug
    near = [_ALSO[slug]] if slug in _ALSO else get_close_matches(slug, TOPIC_SLUGS, n=2, cutoff=0.6)
    hint = f"Did you mean {' or '.join(near)}? " if near else ""
    raise CliError(f"{word!r} is not one of the topics.", f"{hint}The topics: {', '.join(TOPIC_SLUGS)}.")
