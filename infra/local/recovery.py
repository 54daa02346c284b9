"""What the emulator does not keep: of a crash the bucket's files are left, and no stop keeps Athena's workgroups.

The files are set aside, and put back into the new stack's bucket.
"""

from collections.abc import Iterator
from typing import Any

from infra.local.progress import Progress

ASIDE = "set-aside-by-clipwire"
_PREFIX = "incoming/"


def set_aside(s3: Any, stack: str, progress: Progress) -> None:  # noqa: ANN401  # an S3 client
    """Moves uploads out of a bucket that no stack owns any more, since a new stack could not make it again."""
    for bucket in [name for name in bucket_names(s3) if name.startswith(f"{stack}-pages-")]:
        with progress.step("Keeping the pages that were uploaded") as note:
            ensure_bucket(s3, ASIDE)
            for count, key in enumerate(keys_of_bucket(s3, bucket), 1):
                if key.startswith(_PREFIX):
                    s3.copy_object(Bucket=ASIDE, Key=key, CopySource={"Bucket": bucket, "Key": key})
                s3.delete_object(Bucket=bucket, Key=key)
                note(f"{count} files")
            s3.delete_bucket(Bucket=bucket)


def put_back(s3: Any, bucket: str, progress: Progress) -> int:  # noqa: ANN401  # an S3 client
    """Replays what was set aside, and gives how many files that were.

    Each is removed once it is back, so a second try goes on.
    """
    if ASIDE not in bucket_names(s3):
        return 0
    count = 0
    with progress.step("Replaying the pages that were uploaded before") as note:
        for key in keys_of_bucket(s3, ASIDE):
            s3.copy_object(Bucket=bucket, Key=key, CopySource={"Bucket": ASIDE, "Key": key})
            s3.delete_object(Bucket=ASIDE, Key=key)
            count += 1
            note(f"{count} files")
        s3.delete_bucket(Bucket=ASIDE)
    return count


def restore_workgroup(athena: Any, name: str, bucket: str) -> None:  # noqa: ANN401  # an Athena client
    """Makes the workgroup of questions in SQL again, as far as the emulator needs it, where it is gone."""
    if name not in [group["Name"] for group in athena.list_work_groups()["WorkGroups"]]:
        answers = {"ResultConfiguration": {"OutputLocation": f"s3://{bucket}/answers/"}}
        athena.create_work_group(Name=name, Configuration=answers)


def bucket_names(s3: Any) -> list[str]:  # noqa: ANN401  # an S3 client
    return [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]]


def ensure_bucket(s3: Any, bucket: str) -> None:  # noqa: ANN401  # an S3 client
    if bucket not in bucket_names(s3):
        s3.create_bucket(Bucket=bucket)


def keys_of_bucket(s3: Any, bucket: str) -> Iterator[str]:  # noqa: ANN401  # an S3 client
    """All keys, listed before the first is used, since the bucket is emptied meanwhile."""
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket)
    yield from [item["Key"] for page in pages for item in page.get("Contents", [])]
