"""What an upload did, for people and for scripts."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from infra.cli.screen.output import err, one_line, out, outcome_word, table, words
from infra.intake.found import LeftOut
from infra.intake.listing import Listing, counted, describe_left
from infra.intake.tally import Tally
from infra.stack.records.documents import Item
from infra.stack.records.outcomes import as_document


@dataclass
class UploadReport:
    """The pages of one upload: what was listed, what was sent, and the outcomes that were waited for."""

    listing: Listing
    tally: Tally
    outcomes: dict[str, Item] = field(default_factory=dict)
    stopped_waiting: bool = False

    @property
    def problems(self) -> list[LeftOut]:
        """Pages that were to be uploaded and are not."""
        return [one for one in (*self.listing.left, *self.tally.problems) if one.is_page]

    @property
    def failed(self) -> int:
        return self.tally.failed + sum(one.is_page for one in self.listing.left)

    @property
    def waiting(self) -> int:
        return sum(sent.is_new for _, sent in self.tally.sent.values()) - len(self.outcomes)

    @property
    def rejected(self) -> int:
        return sum(item.get("outcome") == "rejected" for item in self.outcomes.values())

    @property
    def is_empty(self) -> bool:
        """Whether no page was found in all that was named."""
        return not self.in_bucket and not self.tally.skipped

    @property
    def in_bucket(self) -> int:
        return self.tally.uploaded + self.tally.unchanged

    def document(self) -> dict[str, Any]:
        """The whole as JSON. `pages` has the first 10,000; the counts have all."""
        pages = [
            {
                "file": page.origin,
                "key": sent.key,
                "document_id": name,
                "unchanged": not sent.is_new,
                "url": page.url,
                **as_document(self.outcomes.get(name, {})),
            }
            for name, (page, sent) in self.tally.sent.items()
        ]
        left = [{"file": one.origin, "why": one.why} for one in (*self.listing.left, *self.tally.problems)]
        counts = {"uploaded": self.tally.uploaded, "unchanged": self.tally.unchanged, "failed": self.failed}
        return {**counts, "stopped": self.tally.stopped or self.stopped_waiting, "pages": pages, "left_out": left}


def show(report: UploadReport, *, wait: bool) -> None:
    """What a person is told at the end of an upload."""
    for line in describe_left(one for one in report.tally.problems if not one.is_page):
        err.print(words(f"Left out, {line}", "yellow"))
    for line in describe_left(report.problems):
        err.print(words(f"Not uploaded, {line}", "red"))
    if wait and report.tally.sent:
        out.print(outcomes_table(report))
    for line in closing_lines(report, wait=wait):
        err.print(words(line))


def outcomes_table(report: UploadReport) -> Any:  # noqa: ANN401  # a rich table
    rows = (
        [name[:8], *outcome_row(sent.key, report.outcomes.get(name), is_new=sent.is_new)]
        for name, (_, sent) in sorted(report.tally.sent.items(), key=lambda pair: pair[1][1].key)
    )
    return table("", ("id", "page", "outcome", "about", "title"), rows)


def outcome_row(key: str, item: Item | None, *, is_new: bool = True) -> list[Any]:
    """A page's outcome as one row: key, outcome, topics or the reason, title or what is the matter."""
    if item is None:
        return [key, outcome_word("waiting" if is_new else "unchanged"), "", ""]
    said = ", ".join(item.get("topics") or []) or item.get("reason") or ""
    return [key, outcome_word(item["outcome"]), said, one_line(item.get("title") or item.get("detail") or "")]


def closing_lines(report: UploadReport, *, wait: bool) -> list[str]:
    """What is in, what is not, what goes on by itself, and the command that does the rest."""
    tally, whole = report.tally, report.listing.count
    done = report.in_bucket + tally.skipped
    said = counted(done, "page") if whole is None else f"{done} of {counted(whole, 'page')}"
    how = {"unchanged": tally.unchanged, "sent before": tally.skipped}
    notes = ", ".join(f"{count} {word}" for word, count in how.items() if count)
    lines = [f"{said} in the bucket{f' ({notes})' if notes else ''}."]
    if tally.stopped:
        lines[0] = f"Stopped. {lines[0]} What is in goes on by itself to its record and alert."
    if tally.is_resumable:
        return [*lines, "The others are not in: `clipwire upload --resume` goes on with them."]
    if report.stopped_waiting:
        return [
            f"Stopped waiting. {lines[0]} {report.waiting} go on by themselves: `clipwire status` shows what waits."
        ]
    if wait:
        late = f"{report.waiting} without an outcome yet: `clipwire status` shows what waits."
        return [late] if report.waiting else []
    return [*lines, "`clipwire records` lists them once they are processed."] if report.in_bucket else lines


class CountBar:
    """A progress bar on a terminal, one line elsewhere, nothing where it is silent.

    It gives a function that is told how many are done.
    """

    def __init__(self, title: str, total: int | None, *, silent: bool) -> None:
        self._shown = not silent and err.is_terminal
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        self._progress = Progress(*columns, console=err, transient=True)
        self._task = self._progress.add_task(title, total=total)
        if not silent and not self._shown:
            err.print(f"· {title} {'pages' if total is None else counted(total, 'page')} …")

    def __enter__(self) -> Callable[[int], None]:
        if self._shown:
            self._progress.start()
        return lambda done: self._progress.update(self._task, completed=done)

    def __exit__(self, *_: object) -> None:
        if self._shown:
            self._progress.stop()
