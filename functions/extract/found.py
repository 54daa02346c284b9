"""What a search for one field of the article answers: the value, and where on the page it stood."""

from typing import Generic, NamedTuple, TypeVar

Value = TypeVar("Value")


class Found(NamedTuple, Generic[Value]):
    """A field's value and its source, as `Article.sources` names it; both are empty where nothing was found."""

    value: Value
    source: str
