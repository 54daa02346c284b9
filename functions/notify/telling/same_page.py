"""Whether a record and a document that was told are one page, saved under two keys."""

from shared.domain.addresses import url_identity
from shared.domain.documents import Record
from shared.domain.facts import Facts, facts_of, shared_text
from shared.domain.told import ToldDocument

MIN_SAME_PAGE = 0.6  # of the shorter text, as eight hashes tell it: five are shared; by judgement
MIN_SAME_TEXT = 0.85  # under another headline: seven of eight hashes; by judgement


def is_same_page(name: str, told: ToldDocument, record: Record) -> bool:
    """The document itself, another at its address, or one of its site that its headline and text show to be the same.

    An address may be written in several ways (for telephones, or with where the reader came from). So with two
    addresses both headline and text have to be alike: a follow-up of the same paper repeats much of its report. Without
    an address either of them will do.
    """
    ours, theirs = url_identity(record.url or ""), url_identity(told.url)
    if name == record.document_id or (ours and ours == theirs):
        return True
    if not told.site or told.site != record.site:
        return False
    facts, before = facts_of(record), facts_told(told)
    one_headline = letters_of(facts.title) == letters_of(before.title) != ""
    alike = shared_text(before.sample, facts.sample) or 0.0
    if ours and theirs:
        return one_headline and alike >= MIN_SAME_PAGE
    return one_headline or alike >= MIN_SAME_TEXT


def facts_told(document: ToldDocument) -> Facts:
    return document.facts or Facts()


def letters_of(text: str) -> str:
    """Without punctuation, white space and case: `A bridge, open` and `A Bridge open.` are one headline."""
    return "".join(character for character in text.casefold() if character.isalnum())
