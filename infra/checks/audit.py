"""Known vulnerabilities in what is pinned: `python -m infra.checks.audit PIP_AUDIT PINS…`.

pip-audit answers "none found" where its source could not be asked at all. This says how many packages were really
looked at.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Findings:
    """What one file of pins came to."""

    audited: int
    packages: int
    vulnerable: tuple[str, ...] = ()

    def __str__(self) -> str:
        if not self.audited:
            return f"could not ask about any of {self.packages} packages: the source of advisories is out of reach"
        known = "; ".join(self.vulnerable) or "none known"
        return f"{self.audited} of {self.packages} packages asked about, vulnerabilities: {known}"


def findings(report: dict[str, Any]) -> Findings:
    """Sums up pip-audit's JSON report, in which a package that could not be looked up has a reason for skipping it."""
    packages = report["dependencies"]
    audited = [package for package in packages if "skip_reason" not in package]
    vulnerable = [
        f"{package['name']} {package['version']} ({', '.join(v['id'] for v in package['vulns'])})"
        for package in audited
        if package["vulns"]
    ]
    return Findings(len(audited), len(packages), tuple(vulnerable))


def audit(tool: str, pins: Path) -> Findings:
    command = [
        tool,
        "--require-hashes",
        "--disable-pip",
        "--progress-spinner=off",
        "--format=json",
        "--requirement",
        str(pins),
    ]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  # our own tool
    try:
        return findings(json.loads(ended.stdout))
    except json.JSONDecodeError:
        packages = sum("==" in line for line in pins.read_text(encoding="utf-8").splitlines())
        return Findings(0, packages)


def main(words: Sequence[str]) -> int:
    """Exit code 1 where something is vulnerable; 0 where nothing is known, or nobody could be asked, which is said."""
    tool, *files = words
    results = {file: audit(tool, Path(file)) for file in files}
    for file, result in results.items():
        print(f"  {Path(file).name}: {result}")  # noqa: T201  # it is a command
    return int(any(result.vulnerable for result in results.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
