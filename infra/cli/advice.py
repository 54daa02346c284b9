"""What a person can do about a page that was refused."""

from collections.abc import Mapping

from shared.domain.errors import Reason

_SAVE = (
    "Open the article in a browser, wait until its text is there, save it as a web page (HTML), and upload that file."
)

ADVICE: Mapping[str, str] = {
    Reason.EMPTY: f"The file has nothing in it. {_SAVE}",
    Reason.NOT_HTML: f"Only web pages are read. {_SAVE}",
    Reason.UNDECODABLE: f"Its bytes fit no encoding of text. {_SAVE}",
    Reason.TOO_LARGE: "Save the page without its pictures and scripts (HTML only), and upload that.",
    Reason.TOO_COMPLEX: "Save the article's own page, not a list. A browser's reader view is simpler still.",
    Reason.NO_ARTICLE: "Save the page of one article. Lists, searches, pictures and films have no text to keep.",
    Reason.STUB: "Save it again from a browser that is signed in, with cookies answered and the whole text in view.",
    Reason.GONE: "It was deleted or overwritten before it was read. Upload it again if it is still wanted.",
}
