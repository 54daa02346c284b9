"""The pages bucket on S3.

`incoming/` holds uploads, `handoff/` articles on their way (they expire), `texts/` long articles.
"""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from botocore.exceptions import ClientError

from shared.adapters.aws_errors import CODES_OF_A_MISSING_OBJECT, error_code, translated
from shared.domain.documents import Article, PageFacts, Source
from shared.domain.errors import Reason, Rejected
from shared.domain.limits import MAX_PAGE_BYTES
from shared.domain.messages import ArticleLocation
from shared.ports import Page

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

PARKED = "handoff"
KEPT = "texts"
MAX_URL_LENGTH = 2_048  # characters: what browsers and proxies commonly take, by judgement


class S3Pages:
    """Reads pages, and keeps articles that are too large elsewhere: `<prefix>/<document_id>/<version>.json`."""

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
            address = web_address(answer["Metadata"].get("url"))
            if answer["ContentLength"] > MAX_PAGE_BYTES:
                answer["Body"].close()
                size = f"The page has {answer['ContentLength']:,} bytes; up to {MAX_PAGE_BYTES:,} are read."
                advice = f"{size} Save it without its pictures and scripts."
                raise Rejected(Reason.TOO_LARGE, advice, PageFacts(url=address or ""))
            return Page(
                body=answer["Body"].read(),
                etag=answer["ETag"].strip('"'),
                url=address,
                alerts_off=is_switched_off(answer["Metadata"].get("alerts")),
            )

    def find_etag(self, source: Source) -> str | None:
        with translated("look for the page"):
            try:
                return self._client.head_object(Bucket=source.bucket, Key=source.key)["ETag"].strip('"')
            except ClientError as error:
                if error_code(error) in CODES_OF_A_MISSING_OBJECT:
                    return None
                raise

    def park_article(self, source: Source, article: Article) -> ArticleLocation:
        return self._put(PARKED, source, article)

    def keep_article(self, source: Source, article: Article) -> str:
        return self._put(KEPT, source, article).address

    def fetch_article(self, location: ArticleLocation) -> Article | None:
        with translated("fetch the article"):
            try:
                body = self._client.get_object(Bucket=location.bucket, Key=location.key)["Body"].read()
            except ClientError as error:
                if error_code(error) in CODES_OF_A_MISSING_OBJECT:
                    return None
                raise
        return Article.model_validate_json(body)

    def drop_article(self, location: ArticleLocation) -> None:
        with translated("remove the article"):
            self._client.delete_object(Bucket=location.bucket, Key=location.key)

    def drop_copies(self, document_id: str, version: str, keep: str | None = None) -> None:
        for prefix in (PARKED, KEPT):
            keys = self._list_keys(f"{prefix}/{document_id}/")
            gone = [key for key in keys if is_superseded(key, version) and _address(self._bucket, key) != keep]
            for key in gone:
                self.drop_article(ArticleLocation(bucket=self._bucket, key=key))

    def _list_keys(self, prefix: str) -> list[str]:
        with translated("list the document's articles"):
            pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=prefix)
            return [item["Key"] for page in pages for item in page.get("Contents", [])]

    def _put(self, prefix: str, source: Source, article: Article) -> ArticleLocation:
        location = ArticleLocation(bucket=self._bucket, key=article_key(prefix, source))
        with translated("keep the article"):
            self._client.put_object(
                Bucket=self._bucket,
                Key=location.key,
                Body=article.model_dump_json().encode(),
                ContentType="application/json; charset=utf-8",
            )
        return location


def article_key(prefix: str, source: Source) -> str:
    """Where a version's article is parked or kept."""
    return f"{prefix}/{source.document_id}/{source.version}.json"


def is_superseded(key: str, version: str) -> bool:
    """Whether an article is of no use once `version` is recorded: all older ones, and a kept one of this version.

    A parked article of this version may still be on its way, for a document that runs again.
    """
    prefix, _, name = key.rpartition("/")
    found = name.removesuffix(".json")
    return found < version or (found == version and prefix.startswith(KEPT))


def web_address(noted: str | None) -> str | None:
    """The page's address as the uploader's metadata gives it, if it is one."""
    if noted and len(noted) <= MAX_URL_LENGTH and noted.startswith(("http://", "https://")):
        return noted
    return None


def is_switched_off(noted: str | None) -> bool:
    """Whether the uploader's metadata `alerts` says `off`."""
    return (noted or "").strip().lower() == "off"


def location_of(address: str) -> ArticleLocation:
    """The bucket and key in an `s3://` address."""
    place = urlsplit(address)
    return ArticleLocation(bucket=place.netloc, key=place.path.lstrip("/"))


def _address(bucket: str, key: str) -> str:
    return ArticleLocation(bucket=bucket, key=key).address
