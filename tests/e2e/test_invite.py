"""A signed form in the hands of a guest: what it allows goes all the way through, and the bucket refuses the rest."""

import base64
import json
import subprocess
from types import SimpleNamespace
from uuid import uuid4

import pytest
from urllib3 import PoolManager, encode_multipart_formdata

from infra.cli.command import CommandContext
from infra.cli.commands.invite import folder_of, signed_form
from tests.corpus.hostile import page
from tests.e2e.roles import signed_in

PAGE = page("Breakwater to be rebuilt")


@pytest.fixture
def form(clipwire):
    """What a colleague got: up to 5,000 bytes a page, for an hour."""
    return json.loads(clipwire("invite", "--prefix", f"guest-{uuid4().hex}", "--max-bytes", "5000", "--json").stdout)


def post(form, body: bytes = PAGE, name: str = "page.html", **changed: str) -> int:
    """The answer's status; `changed` fields replace the form's, or are added to it."""
    fields = {**form["fields"], **{field.replace("_", "-"): value for field, value in changed.items()}}
    content, kind = encode_multipart_formdata([*fields.items(), ("file", (name, body, "text/html"))])
    return PoolManager().request("POST", form["url"], body=content, headers={"Content-Type": kind}).status


def refused(status: int) -> bool:
    return status in {400, 403}


def test_a_page_within_the_limits_is_accepted_and_becomes_a_record(stack, form):
    assert post(form) in {200, 201, 204}
    record = stack.outcome(stack.id_of(f"{form['folder'].removeprefix('incoming/')}page.html"))
    assert (record["outcome"], record["title"]) == ("published", "Breakwater to be rebuilt")


def test_the_command_that_is_printed_uploads_a_page(stack, clipwire, tmp_path):
    """Run as a guest would, in a shell of their own beside page.html."""
    (tmp_path / "page.html").write_bytes(PAGE)
    folder = f"guest-{uuid4().hex}"
    command = clipwire("invite", "--prefix", folder).stdout
    done = subprocess.run(
        ["/bin/sh", "-c", command], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert stack.outcome(stack.id_of(f"{folder}/page.html"))["outcome"] == "published"


@pytest.mark.parametrize("body", [b"", b"x" * 5_001], ids=["empty", "oversize"])
def test_a_page_outside_the_size_is_refused(form, body):
    assert refused(post(form, body))


@pytest.mark.parametrize(
    "key", ["incoming/page.html", "incoming/guest/page.html", "texts/page.html", "handoff/page.html", "page.html", ""]
)
def test_another_folder_is_refused(form, key):
    assert refused(post(form, key=key))


def test_a_folder_that_begins_alike_is_refused(form):
    assert refused(post(form, key=form["folder"].rstrip("/") + "-too/page.html"))


@pytest.mark.parametrize(
    "changed",
    [
        {"Content_Type": "application/javascript"},
        {"acl": "public-read"},
        {"x_amz_meta_url": "https://victim.example/"},
        {"success_action_redirect": "https://victim.example/"},
        {"x_amz_storage_class": "GLACIER"},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_a_field_that_the_form_does_not_name_is_refused(form, changed):
    assert refused(post(form, **changed))


def test_a_form_whose_policy_was_widened_is_refused(form):
    """The signature covers the policy: a guest can't write another."""
    policy = json.loads(base64.b64decode(form["fields"]["policy"]))
    folder = next(
        condition for condition in policy["conditions"] if isinstance(condition, list) and condition[0] == "starts-with"
    )
    folder[2] = "incoming/"
    assert refused(post(form, policy=base64.b64encode(json.dumps(policy).encode()).decode(), key="incoming/page.html"))


def test_an_expired_form_is_refused(stack):
    context = CommandContext()
    context.__dict__["target"] = stack.target
    expired = signed_form(context, folder_of(""), 5_000, minutes=-1)
    assert refused(post(expired))


@pytest.mark.parametrize(("who", "may"), [("Uploader", True), ("Analyst", False), ("Operator", False)])
def test_a_form_is_worth_no_more_than_its_signers_rights(stack, who, may):
    with signed_in(stack, who) as client:
        context = CommandContext()
        context.__dict__["target"] = SimpleNamespace(client=client, output=stack.target.output)
        status = post(signed_form(context, folder_of(""), 5_000, 5))
    assert status == 204 if may else refused(status)


def test_what_a_guest_put_in_cannot_be_read_with_the_form(form):
    post(form)
    answer = PoolManager().request("GET", f"{form['url'].rstrip('/')}/{form['folder']}page.html")
    assert answer.status == 403


def test_a_page_opened_from_a_file_may_read_what_became_of_its_upload(form):
    content, kind = encode_multipart_formdata([*form["fields"].items(), ("file", ("page.html", PAGE, "text/html"))])
    headers = {"Content-Type": kind, "Origin": "null"}
    answer = PoolManager().request("POST", form["url"], body=content, headers=headers)
    assert answer.status in {200, 201, 204}
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    refusal = PoolManager().request("GET", form["url"] + form["folder"] + "page.html", headers={"Origin": "null"})
    assert "Access-Control-Allow-Origin" not in refusal.headers
