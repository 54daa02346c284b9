"""What a text says otherwise than what was told: the news in a correction, and nothing that is no news.

A new version of the same document is compared fact by fact. Another paper words the same story in its own way, so of a
joined record only two things count: a notice that it corrects something, and a key number with another value.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from functions.notify.lexicon import load_lines
from functions.notify.telling.notices import correction_notice
from functions.notify.telling.same_page import facts_told, is_same_page, letters_of
from shared.domain.documents import Record
from shared.domain.facts import Facts, facts_of, shared_text
from shared.domain.messages import Change
from shared.domain.told import Told, ToldDocument

MAX_KEY_NUMBERS = 4  # of the first numbers in a text; by judgement: what a report is about stands in its lead
OTHER_TEXT = "the page has another text now, with next to nothing of what it said before"
MAX_CHANGES = 10  # in one alert; by judgement: a letter lists no more


def telling_facts(record: Record) -> Facts:
    """The facts of a record, with its correction notice."""
    return facts_of(record, correction_notice(record))


def changes_by_document(told: Told, record: Record) -> Mapping[str, list[Change]]:
    """For each told document of the story that the record says otherwise: what changed, before and after."""
    tellers = {name: document for name, document in told.documents.items() if document.facts and document.views}
    same_language = [name for name, document in tellers.items() if document.language == (record.language or "")]
    found = {name: changes_since(name, record, tellers) for name in same_language}
    return {name: changes[:MAX_CHANGES] for name, changes in found.items() if changes}


def changes_since(name: str, record: Record, tellers: Mapping[str, ToldDocument]) -> list[Change]:
    """What is otherwise than one of the documents told.

    The same page under another key is compared as a version of it, with what the page told those readers last.
    """
    sharing = sharing_readers(tellers[name], tellers)
    if not is_same_page(name, tellers[name], record):
        return changes_of_joined(facts_told(tellers[name]), record, tellers)
    copies = [document for other, document in sharing.items() if is_same_page(other, document, record)]
    return changes_of_version(facts_told(max(copies, key=lambda copy: copy.sent_at)), record, sharing)


def sharing_readers(document: ToldDocument, tellers: Mapping[str, ToldDocument]) -> Mapping[str, ToldDocument]:
    """The documents that told some of the views that this one told."""
    return {name: other for name, other in tellers.items() if set(other.views) & set(document.views)}


def changes_of_version(before: Facts, record: Record, tellers: Mapping[str, ToldDocument]) -> list[Change]:
    """Of a new version of one page: headline, numbers, names, notice, text. `tellers` told the same readers."""
    after = telling_facts(record)
    changes = []
    if letters_of(before.title) != letters_of(after.title):
        changes.append(Change(what="headline", before=before.title, after=after.title))
    changes += changed_numbers(before, record, tellers)
    changes += changed_names(before, record)
    if after.notice and after.notice != before.notice:
        changes.append(Change(what="notice", after=after.notice))
    if shared_text(before.sample, after.sample) == 0:
        changes.append(Change(what="text", after=OTHER_TEXT))
    return changes


def changes_of_joined(before: Facts, record: Record, tellers: Mapping[str, ToldDocument]) -> list[Change]:
    """Of another document: a notice that nobody was told of, and a key number that nobody was told."""
    notice = correction_notice(record)
    known = {document.facts.notice for document in tellers.values() if document.facts}
    told_of = not notice or facts_of(record, notice).notice in known
    changes = [] if told_of else [Change(what="notice", after=facts_of(record, notice).notice)]
    return [*changes, *changed_key_numbers(before, record, tellers)]


def changed_numbers(before: Facts, record: Record, tellers: Mapping[str, ToldDocument]) -> list[Change]:
    """`12 wounded` → `14 wounded`, unless 14 is what the story's readers were told last."""
    told, now = by_noun(before.numbers), by_noun(record.numbers or [])
    changes = []
    for noun, values in told.items():
        gone = [value for value in values if value not in now.get(noun, [])]
        come = [value for value in now.get(noun, []) if value not in values]
        latest = told_last(noun, tellers)
        changes += [
            number_change(as_written(old, noun, before.numbers), as_written(new, noun, record.numbers or []))
            for old, new in zip(gone, come, strict=False)
            if latest != [new]
        ]
    return changes


def changed_key_numbers(before: Facts, record: Record, tellers: Mapping[str, ToldDocument]) -> list[Change]:
    """Numbers of what a report is about, such as its dead, that both texts name once near their beginning."""
    told, now = by_noun(before.numbers[:MAX_KEY_NUMBERS]), by_noun((record.numbers or [])[:MAX_KEY_NUMBERS])
    known = {(noun, value) for noun in told for value in every_value(noun, tellers)}
    return [
        number_change(
            as_written(told[noun][0], noun, before.numbers), as_written(values[0], noun, record.numbers or [])
        )
        for noun, values in now.items()
        if noun in load_lines("key_nouns")
        if len(values) == 1 and len(told.get(noun, [])) == 1
        if (noun, values[0]) not in known
    ]


def changed_names(before: Facts, record: Record) -> list[Change]:
    """`Jon Smyth` → `John Smith`: a told name is gone from the text, and one of its kind has come."""
    text = f"{record.title} {record.text}".casefold()
    changes = []
    for kind in ("people", "organisations", "places"):
        told, now = getattr(before, kind), getattr(facts_of(record), kind)
        come = [name for name in now if name not in told]
        gone = [name for name in told if name not in now and not is_named(name, text, come)]
        changes += [Change(what="name", before=old, after=new) for old, new in zip(gone, come, strict=False)]
    return changes


def is_named(name: str, text: str, longer_names: Sequence[str]) -> bool:
    """Whether a casefolded text names it, inflected too, but not only as the beginning of a longer word of a name.

    `Pilar Monfort` is not named by a text with `Pilar Monforte`, if that is a name, and is by `Pilar Monforts Rede`.
    """
    folded = name.casefold()
    if re.search(rf"(?<!\w){re.escape(folded)}(?!\w)", text):
        return True
    for longer in longer_names:
        text = text.replace(longer.casefold(), " ")
    return folded in text


def told_last(noun: str, tellers: Mapping[str, ToldDocument]) -> list[str]:
    """The values of a noun in what was told of it last."""
    newest_first = sorted(tellers.values(), key=lambda document: document.sent_at, reverse=True)
    found = (by_noun(document.facts.numbers).get(noun) for document in newest_first if document.facts)
    return next((values for values in found if values), [])


def every_value(noun: str, tellers: Mapping[str, ToldDocument]) -> set[str]:
    """The values of a noun in all that was told."""
    facts = (document.facts for document in tellers.values() if document.facts)
    return {value for each in facts for value in by_noun(each.numbers).get(noun, [])}


def by_noun(numbers: Sequence[str]) -> dict[str, list[str]]:
    """`["12 wounded", "3 wounded"]` → `{"wounded": ["12", "3"]}`; a number without a noun is under an empty one."""
    found: dict[str, list[str]] = {}
    for number in numbers:
        value, _, noun = number.partition(" ")
        values = found.setdefault(noun.casefold(), [])
        if value not in values:
            values.append(value)
    return found


def number_change(before: str, after: str) -> Change:
    return Change(what="number", before=before, after=after)


def as_written(value: str, noun: str, numbers: Sequence[str]) -> str:
    """The number as its text writes it, of a noun that was folded: `12 Verletzte`."""
    wanted = f"{value} {noun}".strip()
    return next((number for number in numbers if number.casefold() == wanted.casefold()), wanted)


def all_changes(found: Iterable[Sequence[Change]]) -> list[Change]:
    """Each change once, in order."""
    return list({change.model_dump_json(): change for changes in found for change in changes}.values())[:MAX_CHANGES]
