"""The desk over sample pages: they run through the stages in memory, and the server calls the function's own code."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from functions.desk.usecase import AnswerWidget
from infra.desk.server import DeskServer
from infra.local.home import CLONE
from shared.domain.rules import Rule
from shared.telemetry import Telemetry
from tests.fakes import FakeDayTexts, FakeDeskRecords
from tests.pipeline import Pipeline

NOW = 1_764_140_400.0  # 2025-11-26 07:00 UTC
ENDPOINT = "arn:aws:lambda:eu-west-1:123456789012:function:clipwire-desk"
CORPUS = CLONE / "tests/corpus"
MORE = (
    "bulletin-ferry-walkout", "bulletin-ash-cloud", "brief-lost-swan", "council-bus-gate", "breaks-basket-maker",
    "bulletin-cup-heron", "challenge-page",
)  # fmt: skip
RULES = {"rivers": "river AND (flood* OR water)", "ferries": "ferry OR ferries", "lowmarsh": 'place:"Lowmarsh"'}
HOSTILE_PAGE = (
    """<!doctype html><html lang="en"><head><meta property="og:site_name" content="The Harrowfield Courier">
<title>x</title><link rel="canonical" href="https://www.harrowfieldcourier.example/news/markup"></head><body><article>
<h1>&lt;img src=x onerror="document.title='owned'"&gt; council votes &lt;/h2&gt;&lt;script&gt;owned=1&lt;/script&gt;</h1>
<time datetime="2025-11-25T09:00:00Z">25 November 2025</time>
"""
    + "".join(
        f"<p>The council of Harrowfield voted on its {word} budget on Tuesday, after a long meeting about the school, "
        "the library and the bus that nobody takes. The mayor said the vote was close, and thanked those who came.</p>"
        for word in ("first", "second", "third", "fourth")
    )
    + "</article></body></html>"
)


def sample_pipeline() -> Pipeline:
    """Some twenty sample pages, an hour apart, newest now."""
    line = Pipeline()
    for name, query in RULES.items():
        line.rules.save(Rule(name=name, query=query, owner="City desk"))
    names = [*json.loads((CORPUS / "samples.json").read_text(encoding="utf-8")), *MORE]
    pages = {name: (CORPUS / f"pages/{name}.html").read_bytes() for name in names}
    pages["hostile-title"] = HOSTILE_PAGE.encode()
    for number, (name, body) in enumerate(reversed(pages.items())):
        line.clock.seconds = NOW - 3_600 * 3 * (len(pages) - number)
        line.run(line.put(f"incoming/{name}.html", body))
    line.clock.seconds = NOW
    return line


def widget_of(line: Pipeline) -> AnswerWidget:
    records = FakeDeskRecords(line.ledger, line.matches)
    return AnswerWidget(
        records=records,
        rules=line.rules,
        texts=line.pages,
        day_texts=FakeDayTexts(),
        history=line.history,
        telemetry=Telemetry("desk"),
        now=line.clock,
    )


@contextmanager
def served(widget: AnswerWidget) -> Iterator[DeskServer]:
    """The desk's server, on a free port of loopback until the block ends."""
    server = DeskServer(lambda event: widget.handle(event, ENDPOINT))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
