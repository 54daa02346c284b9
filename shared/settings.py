"""What each function reads from its environment: one frozen model a function, checked at first use."""

import os
from collections.abc import Mapping
from typing import Self

from pydantic import BaseModel, ConfigDict, ValidationError

from shared.domain.errors import Misconfigured
from shared.plain_words import in_plain_words


class Settings(BaseModel):
    """Fields are environment variables in lower case."""

    model_config = ConfigDict(frozen=True)

    records_table: str

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """The settings; raises `Misconfigured` naming each variable that is missing or wrong."""
        values = {name: environment[name.upper()] for name in cls.model_fields if name.upper() in environment}
        try:
            return cls.model_validate(values)
        except ValidationError as error:
            wrong = ", ".join(f"{str(e['loc'][0]).upper()} ({in_plain_words(e['msg'])})" for e in error.errors())
            raise Misconfigured(f"environment variables to set or mend: {wrong}") from None


class ExtractSettings(Settings):
    pages_bucket: str
    articles_queue_url: str
    announcements_queue_url: str
    matches_table: str
    stories_table: str
    history_table: str
    told_table: str
    tombstone_days: int = 30
    record_retention_days: int = 0
    history_retention_days: int = 0


class EnrichSettings(Settings):
    pages_bucket: str
    announcements_queue_url: str
    rules_table: str
    matches_table: str
    stories_table: str
    history_table: str
    told_table: str
    tombstone_days: int = 30
    record_retention_days: int = 0
    history_retention_days: int = 0


class NotifySettings(Settings):
    told_table: str
    history_table: str
    views_table: str
    alerts_topic_arn: str
    alerts_v1_topic_arn: str = ""
    alerts_per_second: float = 8.0
    most_alerts_an_hour: int = 20
    chat_topic_arn: str = ""
    chat_views: str = ""


class DigestSettings(Settings):
    told_table: str
    views_table: str
    alerts_topic_arn: str
    digests_topic_arn: str


class ReconcileSettings(Settings):
    pages_bucket: str
    pages_queue_url: str
    articles_queue_url: str
    pages_retention_days: int = 0
    record_retention_days: int = 0


class DeskSettings(Settings):
    pages_bucket: str
    rules_table: str
    matches_table: str
    history_table: str


class ExportSettings(Settings):
    pages_bucket: str
    history_table: str
    rules_table: str
    told_table: str
    record_retention_days: int = 0
    texts_in_tables: bool = True
