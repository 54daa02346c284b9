"""Whom and what an article names: `find_names`."""

from functions.enrich.names.find import find_names

__all__ = ["find_names"]
