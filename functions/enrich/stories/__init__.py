"""Which story an article belongs to: `join` decides it for one article, `in_memory_joiner` for one after the other."""

from functions.enrich.stories.in_memory import in_memory_joiner
from functions.enrich.stories.joining import join

__all__ = ["in_memory_joiner", "join"]
