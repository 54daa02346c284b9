"""What an article is about: `rank_topics`."""

from functions.enrich.topics.rank import rank_topics

__all__ = ["rank_topics"]
