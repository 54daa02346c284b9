"""An alert as a message in a chat channel, by Amazon Q Developer in chat applications (Slack, Microsoft Teams).

Its documented schema for custom notifications, version 1.0. Texts come from hostile pages: nothing in one mentions a
channel, forms a link or changes how the rest looks.
"""

from typing import Literal

from pydantic import ConfigDict
from pydantic.alias_generators import to_camel

from shared.domain.documents import Frozen
from shared.domain.messages import Alert
from shared.letters.letter import changes_in_words, matched, source_line
from shared.letters.plain_text import clip_at_word, plain
from shared.letters.subject import OPENINGS

# Characters of each field, and entries of each list. By judgement: a channel shows this much at a glance, and Slack
# takes 3,000 characters in one section.
MAX_TITLE_LENGTH = 250
MAX_DESCRIPTION_LENGTH = 2_000
MAX_STEP_LENGTH = 300
MAX_KEYWORD_LENGTH = 75
MAX_KEYWORDS = 5
MAX_REASONS = 10
MAX_URL_LENGTH = 250

# Letters that Slack or Teams read as markup, and what is shown in place of each.
MARKUP = str.maketrans(
    {"<": "‹", ">": "›", "[": "(", "]": ")", "*": "∗", "_": "‗", "~": "∼", "`": "ʼ", "|": "¦", "\\": "⧵", "@": "＠"}
)
MARKUP_IN_ADDRESS = str.maketrans({character: f"%{ord(character):02X}" for character in '<>[]*~`|\\"'})


class ChatPart(Frozen):
    """A part of the message; written by alias, its names are those of the schema: `thread_id` → `threadId`."""

    model_config = ConfigDict(alias_generator=to_camel, validate_by_name=True, validate_by_alias=True)


class ChatContent(ChatPart):
    """What the channel shows."""

    text_type: Literal["client-markdown"] = "client-markdown"
    title: str
    description: str
    next_steps: list[str]
    keywords: list[str]


class ChatMetadata(ChatPart):
    """What the channel's settings and actions go by; messages with one `threadId` form a thread."""

    thread_id: str
    summary: str
    event_type: str
    related_resources: list[str]
    additional_context: dict[str, str]


class ChatMessage(ChatPart):
    """A custom notification."""

    version: Literal["1.0"] = "1.0"
    source: Literal["custom"] = "custom"
    id: str
    content: ChatContent
    metadata: ChatMetadata


def chat_message(alert: Alert) -> ChatMessage:
    """The alert for a channel; what corrects or withdraws a story stands in the story's thread."""
    title = OPENINGS.get(alert.kind, "") + (shown(alert.title) or "A page without a title")
    told = [*changes_in_words(alert), shown(alert.summary or alert.standfirst), source_line(alert), *matched(alert)]
    parts = [shown(part) for part in told]
    address = address_of(alert)
    return ChatMessage(
        id=alert.alert_id,
        content=ChatContent(
            title=clip_at_word(title, MAX_TITLE_LENGTH),
            description=clip_at_word("\n".join(part for part in parts[:MAX_REASONS] if part), MAX_DESCRIPTION_LENGTH),
            next_steps=[f"Read the page: {address}"] if address else [],
            keywords=[shown(topic)[:MAX_KEYWORD_LENGTH] for topic in alert.topics[:MAX_KEYWORDS]],
        ),
        metadata=ChatMetadata(
            thread_id=alert.story_id or alert.document_id,
            summary=clip_at_word(title, MAX_TITLE_LENGTH),
            event_type=f"clipwire-{alert.kind}",
            related_resources=[address] if address else [],
            additional_context={"document_id": alert.document_id, "alert_id": alert.alert_id},
        ),
    )


def shown(text: str) -> str:
    """One line without any markup of its own: of `<!channel> *now*` neither a mention is left nor bold letters."""
    return plain(text).translate(MARKUP)


def address_of(alert: Alert) -> str:
    """The page's address, if it is short enough to be shown whole."""
    address = plain(alert.url).replace(" ", "%20").translate(MARKUP_IN_ADDRESS)
    return address if len(address) <= MAX_URL_LENGTH else ""
