"""What S3 says happened in the pages bucket, as it arrives in the queue."""

from urllib.parse import unquote_plus

from pydantic import BaseModel, ConfigDict, Field

from shared.domain.documents import Source

TEST_EVENT = "s3:TestEvent"


class _Lenient(BaseModel):
    """S3 adds fields over time: those that are not ours are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore", defer_build=True)


class S3Bucket(_Lenient):
    name: str = Field(min_length=1)


class S3Object(_Lenient):
    key: str = Field(min_length=1)
    size: int = 0
    etag: str = Field(default="", alias="eTag")
    sequencer: str = Field(pattern="^[0-9A-Fa-f]+$")


class S3Entity(_Lenient):
    bucket: S3Bucket
    object: S3Object


class S3Change(_Lenient):
    """One object written or removed. Keys arrive URL-encoded, with `+` for a space.

    `reprocess` is ours: the version that the ledger holds is to run once more, and nobody is alerted of it.
    """

    event_name: str = Field(alias="eventName")
    s3: S3Entity
    reprocess: bool = False

    @property
    def removed(self) -> bool:
        return self.event_name.removeprefix("s3:").startswith(("ObjectRemoved:", "LifecycleExpiration:"))

    @property
    def source(self) -> Source:
        s3_object = self.s3.object
        return Source(
            bucket=self.s3.bucket.name,
            key=unquote_plus(s3_object.key),
            etag=s3_object.etag.strip('"'),
            sequencer=s3_object.sequencer,
        )


class S3Notification(_Lenient):
    """A message of the pages queue: changes, or the test that S3 sends when notifications are set up."""

    changes: list[S3Change] = Field(default_factory=list, alias="Records")
    event: str = Field(default="", alias="Event")

    def model_post_init(self, _context: object) -> None:
        if not self.changes and self.event != TEST_EVENT:
            raise ValueError("neither changes nor a test event")
