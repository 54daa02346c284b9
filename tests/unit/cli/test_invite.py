import base64
import json
import shlex
from datetime import UTC, datetime

import boto3
import pytest

from infra.cli.command import CommandContext
from infra.cli.commands.invite import curl_of, folder_of, invite, signed_form
from infra.cli.invite.invite_page import source_hash
from infra.errors import CliError
from infra.stack.target import Target
from shared.domain.limits import MAX_PAGE_BYTES


@pytest.fixture
def context():
    """Signs with made-up keys, as a session of an account would: signing asks nobody."""
    target = Target(None, region="eu-west-1")
    target.__dict__["session"] = boto3.Session("AKIDEXAMPLE", "made-up", "a-session's token", region_name="eu-west-1")
    target.__dict__["outputs"] = {"PagesBucketName": "clipwire-pages-1"}
    made = CommandContext(as_json=True)
    made.__dict__["target"] = target
    return made


def policy_of(form) -> dict:
    return json.loads(base64.b64decode(form["fields"]["policy"]))


def test_a_form_is_held_to_one_folder_a_size_a_type_and_a_time(context):
    before = datetime.now(UTC).timestamp()
    policy = policy_of(signed_form(context, "incoming/guest/", 5_000, 15))
    left = datetime.fromisoformat(policy["expiration"]).timestamp() - before
    assert 14 * 60 <= left <= 16 * 60
    assert [condition for condition in policy["conditions"] if "x-amz" not in json.dumps(condition)] == [
        ["content-length-range", 1, 5_000],
        {"Content-Type": "text/html"},
        {"bucket": "clipwire-pages-1"},
        ["starts-with", "$key", "incoming/guest/"],
    ]


def test_a_form_allows_no_field_but_those_it_names(context):
    """S3 refuses what no condition names: an access list, metadata, a redirect, another storage class."""
    form = signed_form(context, "incoming/guest/", 5_000, 15)
    named = {key for condition in policy_of(form)["conditions"] if isinstance(condition, dict) for key in condition}
    assert named == {
        "bucket",
        "Content-Type",
        "x-amz-algorithm",
        "x-amz-credential",
        "x-amz-date",
        "x-amz-security-token",
    }
    assert form["fields"].keys() == (named - {"bucket"}) | {"key", "policy", "x-amz-signature"}


def test_a_form_is_signed_as_s3_demands_for_a_customers_key_and_names_its_region(context):
    form = signed_form(context, "incoming/guest/", 5_000, 15)
    assert form["fields"]["x-amz-algorithm"] == "AWS4-HMAC-SHA256"
    assert form["url"] == "https://clipwire-pages-1.s3.eu-west-1.amazonaws.com/"


def test_each_invitation_gets_a_folder_of_its_own_unless_one_is_named():
    assert folder_of("") != folder_of("")
    assert folder_of("").startswith("incoming/invited-")
    assert folder_of("/press office/may/") == "incoming/press office/may/"


@pytest.mark.parametrize("prefix", ["../texts", "a/../../texts", "a\nb", "${filename}", "x" * 201, "\u202egnp"])
def test_a_folder_that_leads_elsewhere_or_hides_what_it_is_called_is_refused(prefix):
    with pytest.raises(CliError):
        folder_of(prefix)


def test_the_command_hands_every_field_to_curl_as_it_stands(context):
    form = signed_form(context, folder_of("o'brien; rm -rf $HOME `id`".replace("$", "")), 5_000, 15)
    said = shlex.split(curl_of(form).replace("\\\n", ""))
    given = dict(word.split("=", 1) for at, word in enumerate(said) if said[at - 1] == "--form-string")
    assert given == form["fields"]
    assert said[-2:] == ["file=@page.html", form["url"]]


def test_the_answer_for_scripts_has_the_form_and_its_limits(context, capsys):
    invite(context, prefix="guest", max_bytes=MAX_PAGE_BYTES, minutes=60)
    answer = json.loads(capsys.readouterr().out)
    assert answer.keys() == {"url", "fields", "folder", "max_bytes", "expires_at"}
    assert answer["folder"] == "incoming/guest/"
    assert answer["fields"]["key"] == "incoming/guest/${filename}"


def test_a_page_holds_the_form_and_may_send_to_its_address_alone(context, tmp_path):
    invite(context, prefix="</script><b>", max_bytes=5_000, minutes=15, page=tmp_path / "send.html")
    page = (tmp_path / "send.html").read_text()
    assert "connect-src https://clipwire-pages-1.s3.eu-west-1.amazonaws.com;" in page
    assert "default-src 'none'" in page
    assert page.count("</script>") == 2
    assert "{{" not in page
    assert (tmp_path / "send.html").stat().st_mode & 0o077 == 0


def test_the_pages_policy_names_the_very_script_and_style_that_it_has(context, tmp_path):
    invite(context, prefix="guest", max_bytes=5_000, minutes=15, page=tmp_path / "send.html")
    page = (tmp_path / "send.html").read_text()
    for tag in ("style", "script"):
        inside = page.rpartition(f"<{tag}>")[2].partition(f"</{tag}>")[0]
        assert f"{tag}-src '{source_hash(inside)}'" in page


def test_a_page_that_cannot_be_written_is_told(context, tmp_path):
    with pytest.raises(CliError, match="cannot be written"):
        invite(context, prefix="guest", max_bytes=5_000, minutes=15, page=tmp_path / "nowhere" / "send.html")
