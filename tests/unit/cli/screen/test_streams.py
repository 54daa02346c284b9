"""How the program ends when nobody reads its output, tried on the program itself."""

import os
import subprocess
import sys

import pytest

from infra.local.home import CLONE

PROGRAM = [sys.executable, "-c", "from infra.cli.app import main; main()"]


def run(*words: str, **given):
    return subprocess.run([*PROGRAM, *words], cwd=CLONE, check=False, timeout=60, stderr=subprocess.PIPE, **given)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="only Linux has a full disk to write to")  # noqa: PTH110
def test_a_full_disk_is_told_in_one_line():
    with open("/dev/full", "w") as full:  # noqa: PTH123
        done = run("--help", stdout=full)
    assert done.returncode == 1
    assert done.stderr == b"clipwire: The output could not be written: No space left on device.\n"


def test_a_pipe_that_its_reader_closed_ends_quietly():
    reader, writer = os.pipe()
    os.close(reader)
    done = run("--help", stdout=writer)
    os.close(writer)
    assert (done.returncode, done.stderr) == (141, b"")


def test_an_output_that_was_never_open_is_no_failure():
    done = subprocess.run(
        ["/bin/sh", "-c", 'exec "$@" >&-', "sh", *PROGRAM, "--version"],
        cwd=CLONE,
        check=False,
        capture_output=True,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_letters_that_the_terminal_lacks_are_shown_as_question_marks():
    done = run("recörds", stdout=subprocess.DEVNULL, env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert done.returncode == 2
    assert done.stderr.startswith(b"clipwire: No such command 'rec")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("clipwire rec", {"records", "reconcile"}),
        ("clipwire records --topic di", {"disaster"}),
        ("clipwire records --att", {"--attention"}),
    ],
)
def test_a_shell_completes_commands_options_and_topics(line, said):
    asked = {"_CLIPWIRE_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(len(line.split()) - 1)}
    done = run(stdout=subprocess.PIPE, env={**os.environ, **asked})
    assert set(done.stdout.decode().split()) == said
