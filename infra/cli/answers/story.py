"""The answer of `story`."""

from pydantic import Field

from infra.cli.answers.base import Answer


class StoryMember(Answer):
    """A document of a story, and what readers were told by it."""

    document_id: str
    title: str = ""
    site: str = ""
    url: str = ""
    topic: str = ""
    published_at: str = ""
    processed_at: str = ""
    source_key: str = ""
    opened: bool = Field(description="Whether it opened the story.")
    probability: float | None = Field(description="That it belongs to the story; null where it opened it.")
    evidence: str | None = Field(description="What it has in common with the story.")
    told_views: list[str] = Field(description="The views that its alerts were the first to tell.")
    told_at: str | None
    alert_id: str | None
    held_views: list[str] = Field(description="The views that wait for their digest.")
    alerts_off: bool = Field(description="Whether it was uploaded without alerts.")
    perhaps_same_story: str | None = Field(description="Another story that it may belong to.")


class Story(Answer):
    story_id: str
    members: list[StoryMember] = Field(description="Oldest first.")
