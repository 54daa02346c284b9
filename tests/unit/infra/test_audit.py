import stat
from pathlib import Path

import pytest

from infra.checks.audit import Findings, findings, main

PACKAGES = [
    {"name": "sound", "version": "1.0", "vulns": []},
    {"name": "leaky", "version": "2.0", "vulns": [{"id": "CVE-2026-1"}, {"id": "CVE-2026-2"}]},
    {"name": "unknown", "version": "3.0", "skip_reason": "could not be looked up"},
]


def tool_that_prints(folder: Path, text: str) -> str:
    tool = folder / "pip-audit"
    tool.write_text(f"#!/bin/sh\ncat <<'END'\n{text}\nEND\n", encoding="utf-8")
    tool.chmod(tool.stat().st_mode | stat.S_IXUSR)
    return str(tool)


@pytest.fixture
def pins(tmp_path):
    path = tmp_path / "runtime.txt"
    path.write_text("sound==1.0 \\\n    --hash=x\nleaky==2.0\n", encoding="utf-8")
    return path


def test_a_package_that_could_not_be_looked_up_does_not_count_as_audited():
    assert findings({"dependencies": PACKAGES}) == Findings(2, 3, ("leaky 2.0 (CVE-2026-1, CVE-2026-2)",))


def test_a_vulnerability_fails_the_audit_and_is_named(tmp_path, pins, capsys):
    report = '{"dependencies": [{"name": "leaky", "version": "2.0", "vulns": [{"id": "CVE-2026-1"}]}]}'
    assert main([tool_that_prints(tmp_path, report), str(pins)]) == 1
    assert (
        "runtime.txt: 1 of 1 packages asked about, vulnerabilities: leaky 2.0 (CVE-2026-1)" in capsys.readouterr().out
    )


def test_an_audit_that_reached_nobody_passes_but_says_so_and_never_that_nothing_was_found(tmp_path, pins, capsys):
    assert main([tool_that_prints(tmp_path, "no route to host"), str(pins)]) == 0
    said = capsys.readouterr().out
    assert "could not ask about any of 2 packages" in said
    assert "none" not in said
