"""The pages bucket on S3: `incoming/` holds uploads, `handoff/` articles on their way (they expire), `texts/` long articles."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from botocore.exceptions import ClientError

from shared.adapters.aws_errors import error_code, translated
from shared.domain.documents import Article, Source
from shared.domain.errors import Reason, Rejected
from shared.domain.limits import MAX_PAGE_BYTES
from shared.domain.messages import ArticleLocation
from shared.ports import Page

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_MAX_URL_LENGTH = 2_048


class S3Pages:
    def __init__(self, client: "S3Client", bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def read_page(self, source: Source) -> Page:
        with translated("read the page"):
            try:
                answer = self._client.get_object(Bucket=source.bucket, Key=source.key)
            except ClientError as error:
                if error_code(error) != "NoSuchKey":
                    raise
                raise Rejected(Reason.GONE, "the object was gone before it was read") from error
            if answer["ContentLength"] > MAX_PAGE_BYTES:
                answer["Body"].close()
                size = f"The page has {answer['ContentLength']:,} bytes; up to {MAX_PAGE_BYTES:,} are read."
                raise Rejected(Reason.TOO_LARGE, f"{size} Save it without its pictures and scripts.")
            return Page(
                body=answer["Body"].read(),
                etag=answer["ETag"].strip('"'),
                url=_web_address(answer["Metadata"].get("url")),
            )

    def park_article(self, source: Source, article: Article) -> ArticleLocation:
        return self._put("handoff", source, article)

    def keep_article(self, source: Source, article: Article) -> str:
        location = self._put("texts", source, article)
        return f"s3://{location.bucket}/{location.key}"

    def fetch_article(self, location: ArticleLocation) -> Article:
        with translated("fetch the article"):
            body = self._client.get_object(Bucket=location.bucket, Key=location.key)["Body"].read()
        return Article.model_validate_json(body)

    def drop_article(self, text_location: str) -> None:
        place = urlsplit(text_location)
        with translated("remove the article"):
            self._client.delete_object(Bucket=place.netloc, Key=place.path.lstrip("/"))

    def _put(self, prefix: str, source: Source, article: Article) -> ArticleLocation:
        key = f"{prefix}/{source.document_id}/{source.version}.json"
        with translated("keep the article"):
            self._client.put_object(
                Bucket=self._bucket,
                Key=key,
                Body=article.model_dump_json().encode(),
                ContentType="application/json; charset=utf-8",
            )
        return ArticleLocation(bucket=self._bucket, key=key)


def _web_address(noted: str | None) -> str | None:
    """The page's address as the uploader's metadata gives it, if it is one."""
    if noted and len(noted) <= _MAX_URL_LENGTH and noted.startswith(("http://", "https://")):
        return noted
    return None
