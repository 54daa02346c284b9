"""What subscribers are told of a record."""

import json
from collections.abc import Iterable, Mapping, Sequence

from functions.notify.telling.decision import Tell
from shared.domain.documents import Record
from shared.domain.messages import Alert, Mention
from shared.domain.told import Told, ToldDocument
from shared.domain.views import parse_view

MAX_LINE_LENGTH = 1_000  # characters of a long field; by judgement: a letter is read, not searched

# Bytes of rules and their sentences in a message. SNS takes 262,144 bytes of which titles, summaries and the like take
# 72,000 at most; `tests/unit/test_many_rules.py` holds the fullest alert within them.
MAX_RULES_BYTES = 170_000

# How often a rule's name stands in a message (the letter, the JSON, the attribute), and the bytes of signs around them.
TIMES_NAMED = 3
BYTES_AROUND_A_NAME = 24
TIMES_VIEWED = 3  # a view stands in the attribute, and in JSON that is within JSON, where some of its letters are two


MAX_MENTIONS = 5  # of other pages with the story; by judgement: a letter lists no more


def alert_of(record: Record, telling: Tell, first_for: Sequence[str], perhaps: Told | None = None) -> Alert:
    """The alert of a record, small enough for SNS: long fields are cut, the whole is in the record.

    `perhaps` is what readers were told of the story that it may belong to as well.
    """
    if telling.claim.kind == "withdrawn":
        return withdrawal_of(record, telling)
    room = MAX_RULES_BYTES - sum(TIMES_VIEWED * (len(view.encode()) + BYTES_AROUND_A_NAME) for view in first_for)
    return Alert(
        alert_id=telling.claim.alert_id,
        kind=telling.claim.kind,
        document_id=record.document_id,
        title=record.title or "",
        standfirst=(record.standfirst or "")[:MAX_LINE_LENGTH],
        summary=(record.summary or "")[:MAX_LINE_LENGTH],
        site=record.site or "",
        url=record.url or "",
        language=record.language or "",
        published_at=record.published_at,
        topics=record.topics or [],
        topic_evidence=dict(record.topic_evidence or {}),
        rules=rules_that_fit(record.rules or [], record.rule_sentences or {}, room),
        rules_unlisted=record.rules_unlisted,
        source_key=record.source_key,
        processed_at=record.processed_at,
        story_id=telling.told.story_id,
        first_for=list(first_for),
        changes=list(telling.changes),
        also_in=also_in(record, telling),
        perhaps_same_story=record.perhaps_same_story,
        perhaps_in=mentions(perhaps.documents.values(), record.url or "") if perhaps else [],
    )


def withdrawal_of(record: Record, telling: Tell) -> Alert:
    """The alert of a page that is gone, by what is known of it from the alert before."""
    before, views = telling.before, [parse_view(view) for view in telling.claim.audience]
    return Alert(
        alert_id=telling.claim.alert_id,
        kind="withdrawn",
        document_id=record.document_id,
        title=before.facts.title if before.facts else "",
        site=before.site,
        url=before.url,
        language=before.language,
        topics=list(dict.fromkeys(view.name for view in views if view.kind == "topic")),
        topic_evidence={},
        rules=dict.fromkeys((view.name for view in views if view.kind == "rule"), ""),
        source_key=record.source_key,
        processed_at=record.processed_at,
        story_id=telling.told.story_id,
        first_for=telling.claim.audience,
        also_in=also_in(record, telling),
    )


def also_in(record: Record, telling: Tell) -> list[Mention]:
    """The other pages of the story that were told of; not this page under another key, which may be gone as well."""
    others = telling.told.others(record.document_id).values()
    return mentions(others, record.url or telling.before.url)


def mentions(documents: Iterable[ToldDocument], own_url: str) -> list[Mention]:
    """Pages that were told of, the newest first, each address once, without one's own."""
    newest_first = sorted((one for one in documents if one.content), key=lambda one: one.sent_at, reverse=True)
    found = {
        one.url or one.site: Mention(site=one.site, url=one.url)
        for one in newest_first
        if not own_url or one.url != own_url
    }
    found.pop("", None)
    return list(found.values())[:MAX_MENTIONS]


def rules_that_fit(rules: Sequence[str], sentences: Mapping[str, str], room: int = MAX_RULES_BYTES) -> dict[str, str]:
    """Every rule, since someone may have asked for just this one, and as many sentences as have room, in order."""
    room -= sum(TIMES_NAMED * len(rule.encode()) + BYTES_AROUND_A_NAME for rule in rules)
    fitting = {}
    for rule in rules:
        sentence = sentences.get(rule, "")
        room -= bytes_of_sentence(sentence)
        fitting[rule] = sentence if room >= 0 else ""
    return fitting


def bytes_of_sentence(sentence: str) -> int:
    """Bytes of a sentence in the letter, and in JSON that is within JSON once more."""
    written = json.dumps(sentence, ensure_ascii=False)
    return len(written.encode()) + len(json.dumps(written, ensure_ascii=False).encode())
