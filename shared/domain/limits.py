"""How large a page may be: one number for the form that invites uploads, the bucket's reader, extraction and the README."""

MAX_PAGE_BYTES = 20_000_000
"""Bytes of a stored page, and of what it unfolds to where it is compressed."""
