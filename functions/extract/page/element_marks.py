"""The marks of elements by their attributes: what their names, their role and their style say."""

from functions.extract.lexicon import load_words
from functions.extract.page.block_roles import FURNITURE, HIDDEN, NONE, marks_of_names
from functions.extract.page.tag_traits import TagTraits

MARKING_ATTRIBUTES = frozenset({"role", "aria-hidden", "hidden", "amp-access-hide", "style"})  # besides class and id


class ElementMarks:
    """The marks of one page's elements; names that several elements share are read once."""

    def __init__(self) -> None:
        self._roles = load_words("html/furniture_roles")
        self._marks: dict[str, int] = {}

    def of_element(self, attributes: dict[str, str], traits: TagTraits) -> int:
        """The marks that an element has by its class, id, role and style."""
        mark = NONE
        if traits.has_names and ("class" in attributes or "id" in attributes):
            names = f"{attributes.get('class', '')} {attributes.get('id', '')}"
            known = self._marks.get(names)
            if known is None:
                known = self._marks[names] = marks_of_names(names)
            mark = known
        if MARKING_ATTRIBUTES.isdisjoint(attributes):  # as in most elements
            return mark
        if attributes.get("role") in self._roles:
            mark |= FURNITURE
        if (
            attributes.get("aria-hidden") == "true"
            or "hidden" in attributes
            or "amp-access-hide" in attributes
            or "display:none" in attributes.get("style", "").replace(" ", "")
        ):
            mark |= HIDDEN
        return mark
