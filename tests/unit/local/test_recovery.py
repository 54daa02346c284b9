from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from infra.local.recovery import ASIDE, put_back, restore_workgroup, set_aside

BUCKET = "clipwire-pages-000000000000-us-east-1"


class FakeS3:
    """Buckets in memory; `copies` is what a bucket's events would tell of."""

    def __init__(self, **buckets: list[str]) -> None:
        self.buckets = {name: set(keys) for name, keys in buckets.items()}
        self.copies: list[tuple[str, str]] = []

    def list_buckets(self) -> dict[str, Any]:
        return {"Buckets": [{"Name": name} for name in self.buckets]}

    def create_bucket(self, Bucket: str) -> None:  # noqa: N803  # as boto3 names it
        self.buckets[Bucket] = set()

    def delete_bucket(self, Bucket: str) -> None:  # noqa: N803  # as boto3 names it
        assert not self.buckets.pop(Bucket)

    def copy_object(self, Bucket: str, Key: str, CopySource: dict[str, str]) -> None:  # noqa: N803  # as boto3 names it
        assert CopySource["Key"] in self.buckets[CopySource["Bucket"]]
        self.buckets[Bucket].add(Key)
        self.copies.append((Bucket, Key))

    def delete_object(self, Bucket: str, Key: str) -> None:  # noqa: N803  # as boto3 names it
        self.buckets[Bucket].remove(Key)

    def get_paginator(self, operation: str) -> Any:
        assert operation == "list_objects_v2"
        return self

    def paginate(self, Bucket: str) -> Any:  # noqa: N803  # as boto3 names it
        return [{"Contents": [{"Key": key}]} for key in sorted(self.buckets[Bucket])] or [{}]


class Quiet:
    @contextmanager
    def step(self, _: str) -> Iterator[Any]:
        yield lambda _: None

    def say(self, line: str) -> None:
        pass


def test_uploads_survive_a_bucket_that_no_stack_owns_and_the_rest_goes() -> None:
    s3 = FakeS3(**{BUCKET: ["incoming/a ü.html", "texts/old.json"], "another": ["incoming/b.html"]})
    set_aside(s3, "clipwire", Quiet())
    assert s3.buckets == {ASIDE: {"incoming/a ü.html"}, "another": {"incoming/b.html"}}


def test_what_was_set_aside_is_replayed_into_the_new_bucket_once() -> None:
    s3 = FakeS3(**{BUCKET: [], ASIDE: ["incoming/a.html", "incoming/b.html"]})
    assert put_back(s3, BUCKET, Quiet()) == 2
    assert put_back(s3, BUCKET, Quiet()) == 0
    assert s3.copies == [(BUCKET, "incoming/a.html"), (BUCKET, "incoming/b.html")]
    assert s3.buckets == {BUCKET: {"incoming/a.html", "incoming/b.html"}}


def test_setting_aside_goes_on_where_it_was_interrupted() -> None:
    s3 = FakeS3(**{BUCKET: ["incoming/b.html"], ASIDE: ["incoming/a.html"]})
    set_aside(s3, "clipwire", Quiet())
    assert s3.buckets == {ASIDE: {"incoming/a.html", "incoming/b.html"}}


def test_where_nothing_was_uploaded_nothing_is_replayed() -> None:
    s3 = FakeS3(another=["x"])
    set_aside(s3, "clipwire", Quiet())
    assert put_back(s3, BUCKET, Quiet()) == 0


class FakeAthena:
    """Workgroups in memory, with where their answers go."""

    def __init__(self) -> None:
        self.groups = {"primary": ""}

    def list_work_groups(self) -> dict[str, Any]:
        return {"WorkGroups": [{"Name": name} for name in self.groups]}

    def create_work_group(self, Name: str, Configuration: dict[str, Any]) -> None:  # noqa: N803  # as boto3 names it
        assert Name not in self.groups
        self.groups[Name] = Configuration["ResultConfiguration"]["OutputLocation"]


def test_the_workgroup_that_a_stop_loses_is_made_again_once():
    athena = FakeAthena()
    for _ in range(2):
        restore_workgroup(athena, "clipwire-questions", BUCKET)
    assert athena.groups["clipwire-questions"] == f"s3://{BUCKET}/answers/"
