"""How inline elements are read: raised figures, buttons in sentences, words for screen readers, blocks by style."""

import re
from functools import cache

from lxml.etree import _Element

from functions.extract.lexicon import load_lines

CLIPPED_STYLE = re.compile(r"clip:\s*rect\(|clip-path:\s*inset\(50%")
OFFICE_HIDDEN_STYLE = re.compile(r"mso-list:\s*ignore|mso-element:\s*comment|mso-hide:\s*all", re.IGNORECASE)
BLOCK_STYLE = re.compile(r"display:\s*block", re.IGNORECASE)
RAISED_SIGNS = "0123456789+-−–()n"
SUPERSCRIPTS = str.maketrans(RAISED_SIGNS, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁽⁾ⁿ")
MAX_BUTTON = 60  # characters of a button that is a word in a sentence (by judgement, not measured)
MAX_STEPS_TO_SENTENCE = 2  # elements from such a button up to the one beside the sentence's text (by judgement)
TAGS_OF_SENTENCES = frozenset({"p", "span", "em", "i", "b", "strong", "td", "dd", "blockquote", "dfn"})
TAGS_OF_LAYOUT = frozenset({"div", "section", "form", "header", "footer", "nav", "li"})


@cache
def screen_reader_names() -> re.Pattern[str]:
    """The class names of elements for screen readers alone, as "sr-only"."""
    names = "|".join(map(re.escape, load_lines("html/screen_reader_names")))
    return re.compile(rf"(?:^|[\s_-])(?:{names})(?=$|[\s_-])", re.IGNORECASE)


@cache
def new_window_phrases() -> re.Pattern[str]:
    """The words with which a link warns screen readers, as "opens in a new tab"."""
    return re.compile("|".join(load_lines("html/new_window_phrases")), re.IGNORECASE)


def is_raised(element: _Element) -> bool:
    """Whether an element is a superscript, or the link of a footnote in one."""
    parent = element.getparent()
    return element.tag == "sup" or (element.tag == "a" and parent is not None and parent.tag == "sup")


def raised(text: str) -> str:
    """A power or a footnote's number in superscript characters, so that 10⁶ does not read 106.

    Other text stays as it is.
    """
    stripped = text.strip()
    return stripped.translate(SUPERSCRIPTS) if stripped and all(sign in RAISED_SIGNS for sign in stripped) else text


def is_word_in_sentence(button: _Element) -> bool:
    """Whether a button is a word of running text, as those that explain a term are: text stands directly beside it."""
    if len(button.text or "") > MAX_BUTTON:
        return False
    element: _Element | None = button
    for _ in range(MAX_STEPS_TO_SENTENCE):
        if element is None or element.tag in TAGS_OF_LAYOUT:
            return False
        before = element.getprevious()
        parent = element.getparent()
        beside = (before.tail if before is not None else parent.text if parent is not None else "") or ""
        if (beside + (element.tail or "")).strip():
            return parent is not None and parent.tag in TAGS_OF_SENTENCES
        element = parent
    return False


def is_set_as_block(element: _Element, tag: str) -> bool:
    """Whether an inline element's own style makes a block of it; a custom element is one where it is set apart."""
    return is_set_apart(element) if "-" in tag else bool(BLOCK_STYLE.search(element.get("style") or ""))


def is_set_apart(element: _Element) -> bool:
    """Whether only white space stands before and after an element.

    Custom elements are paragraphs there, and words of a sentence elsewhere.
    """
    before = element.getprevious()
    parent = element.getparent()
    text = before.tail if before is not None else parent.text if parent is not None else ""
    return not (text or "").strip() and not (element.tail or "").strip()


def is_for_screen_readers(element: _Element, *, in_link: bool) -> bool:
    """Whether an inline element is for screen readers alone, by its class or style, or by what it says in a link."""
    if in_link and new_window_phrases().search(element.text or ""):
        return True
    style = element.get("style") or ""
    return bool(
        screen_reader_names().search(element.get("class") or "")
        or (style and (CLIPPED_STYLE.search(style) or OFFICE_HIDDEN_STYLE.search(style)))
    )
