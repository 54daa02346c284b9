"""Measures extraction on a folder of pages: `python -m tests.quality.evaluate [FOLDER] [--callable MODULE:FUNCTION]`.

FOLDER has the layout of tests/corpus: `pages/NAME.html` (or `.html.gz`) and `expected/NAME.json`. Of the fields of an
article only `text` is required. Each figure is printed for all pages and for two halves by publisher, so that a rule
that was made on one half can be tried on the other.
"""

import argparse
import importlib
import statistics
import sys
import time
from pathlib import Path

from tests.corpus.truth import CORPUS, CorpusPage, read_corpus
from tests.quality.extraction import Extract, PageResult, largest_losses, report, run_page
from tests.quality.halves import by_halves


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.quality.evaluate", description=__doc__.splitlines()[0] if __doc__ else ""
    )
    parser.add_argument("folder", type=Path, nargs="?", default=CORPUS)
    parser.add_argument(
        "--callable", default="functions.extract.page_text:extract_article", help="(bytes, url) -> Article"
    )
    asked = parser.parse_args(arguments)
    extract = load_callable(asked.callable)
    pages = read_corpus(asked.folder)
    timed = [timed_run(page, extract) for page in pages]
    milliseconds = [taken for _, taken in timed]
    results = [result for result, _ in timed]
    sys.stdout.write(report(results, {}) + "\n\n")
    sys.stdout.write(by_halves(results) + "\n\n")
    sys.stdout.write("Where most is lost\n" + largest_losses(results) + "\n\n")
    sys.stdout.write(
        f"{len(pages)} pages, {statistics.median(milliseconds):.1f} ms median, {sum(milliseconds):.0f} ms in all\n"
    )


def load_callable(name: str) -> Extract:
    """The function that `module:function` names."""
    module, _, function = name.partition(":")
    extract: Extract = getattr(importlib.import_module(module), function)
    return extract


def timed_run(page: CorpusPage, extract: Extract) -> tuple[PageResult, float]:
    """The result of one page, and its milliseconds of CPU time."""
    started = time.process_time()
    result = run_page(page, extract)
    return result, (time.process_time() - started) * 1000


if __name__ == "__main__":
    main()
