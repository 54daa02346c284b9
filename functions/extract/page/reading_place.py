"""The place of a text while a page's blocks are read."""

from lxml.etree import _Element

from functions.extract.page.blocks import BlockKind, Scope
from functions.extract.page.tag_traits import TagTraits


class ReadingPlace:
    """The place of a text in the page: its element, its block, the scope of marks and the link that it stands in.

    `blocks`, `asides` and `own_text` are what the reader had when it entered the element.
    """

    __slots__ = (
        "asides",
        "block",
        "blocks",
        "element",
        "is_raised",
        "kind",
        "level",
        "link",
        "own_text",
        "scope",
        "traits",
    )

    def __init__(
        self, element: _Element, traits: TagTraits, around: "ReadingPlace | None", scope: Scope | None
    ) -> None:
        self.element = self.block = element
        self.traits = traits
        self.scope = scope
        self.kind: BlockKind = "paragraph"
        self.level = self.blocks = self.asides = 0
        self.own_text = 0.0
        self.link = self.is_raised = False
        if around is not None:
            self.block, self.kind, self.level, self.link = around.block, around.kind, around.level, around.link
