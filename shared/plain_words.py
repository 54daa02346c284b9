"""What pydantic says of a wrong value, as one would say it to a person who does not write programs."""

import re

PLAINLY = (
    (r"Value error, ", ""),
    (r"Assertion failed, ", ""),
    (r"Field required", "it is missing"),
    (r"Input should be a valid integer[^\n]*", "a whole number is needed"),
    (r"Unable to parse input string as an integer[^\n]*", "a smaller whole number is needed"),
    (r"Input should be (?:a valid|a finite) number[^\n]*", "a number is needed"),
    (r"Input should be a valid boolean[^\n]*", "true or false is needed"),
    (r"Input should be a valid string[^\n]*", "text is needed"),
    (r"Input should be greater than or equal to ", "the least is "),
    (r"Input should be less than or equal to ", "the most is "),
    (r"Input should be ", "it should be "),
    (r"Extra inputs are not permitted", "it is not known"),
)
"""Patterns of what pydantic says, and what people read in their place; the first that fits a part of a text holds."""


def in_plain_words(message: str) -> str:
    """A message that holds what pydantic says, in words that its readers know."""
    for said, plainly in PLAINLY:
        message = re.sub(said, plainly, message)
    return message
