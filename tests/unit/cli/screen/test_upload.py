"""What an upload says at its end, and its exit codes."""

import pytest
import typer

from infra.cli.commands.upload import end_with
from infra.cli.screen.upload_report import UploadReport, closing_lines
from infra.intake.found import LeftOut, Page
from infra.intake.listing import Listing
from infra.intake.tally import Sent, Tally

PAGES = [Page(f"{number}.html", f"{number}.html", b"x") for number in range(3)]


def report(**told) -> UploadReport:
    tally = Tally(uploaded=3)
    tally.sent = {f"id{page.name[0]}": (page, Sent(f"incoming/{page.name}", "", True, None)) for page in PAGES}
    made = UploadReport(Listing(taken=list(PAGES)), tally)
    for name, value in told.items():
        setattr(made if name in {"outcomes", "stopped_waiting"} else tally, name, value)
    return made


def outcomes(*words: str):
    return {f"id{number}": {"outcome": word} for number, word in enumerate(words)}


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"outcomes": outcomes("published", "published", "rejected")}, 3),
        ({"outcomes": outcomes("published", "rejected")}, 4),
        ({"failed": 1, "outcomes": outcomes("rejected", "rejected", "rejected")}, 1),
        ({"stopped": True, "failed": 1}, 130),
        ({"stopped_waiting": True}, 130),
    ],
)
def test_the_exit_code_tells_the_worst_that_happened(told, code):
    with pytest.raises(typer.Exit) as ended:
        end_with(report(**told), wait=True)
    assert ended.value.exit_code == code


def test_all_is_well_where_every_page_is_published_or_nobody_waits():
    end_with(report(outcomes=outcomes("published", "published", "published")), wait=True)
    end_with(report(), wait=False)


def test_a_page_of_a_folder_that_is_too_large_is_a_failure_and_a_picture_is_none():
    made = report()
    made.listing.left.append(LeftOut("a.jpg", "no page by its name"))
    end_with(made, wait=False)
    made.listing.left.append(LeftOut("b.html", "too large", is_page=True))
    with pytest.raises(typer.Exit):
        end_with(made, wait=False)


def test_a_stopped_upload_says_what_is_in_what_goes_on_and_what_resumes():
    said = " ".join(closing_lines(report(stopped=True, uploaded=1), wait=True))
    assert "Stopped. 1 of 3 pages in the bucket" in said
    assert "goes on by itself" in said
    assert "`clipwire upload --resume`" in said


def test_scripts_get_the_counts_the_pages_and_what_was_left_out():
    document = report(outcomes=outcomes("published")).document()
    assert document.keys() == {"uploaded", "unchanged", "failed", "stopped", "pages", "left_out"}
    assert document["pages"][0]["outcome"] == "published"


def test_a_wait_that_is_stopped_says_that_all_pages_are_in_and_go_on():
    said = " ".join(closing_lines(report(stopped_waiting=True, outcomes=outcomes("published")), wait=True))
    assert "3 of 3 pages in the bucket" in said
    assert "2 go on by themselves" in said
    assert "--resume" not in said
