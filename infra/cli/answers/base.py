"""What all answers have in common, and what a failure answers."""

from pydantic import BaseModel, ConfigDict, Field


class Answer(BaseModel):
    """A JSON object with these fields and no other."""

    model_config = ConfigDict(extra="forbid")


class Trouble(Answer):
    what: str = Field(description="What is wrong, in a sentence or two.")
    todo: str = Field(description="What to do about it; may be empty.")
    exit_code: int


class Failure(Answer):
    """What every command writes to standard error in place of its answer, where it fails."""

    error: Trouble
