"""Where a clone keeps what it makes. Nothing is written outside the clone."""

import os
from dataclasses import dataclass
from pathlib import Path

from infra.errors import CliError

CLONE = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Home:
    """`root` is the clone; `state` is what one local stack writes, so that a test's stack never meets a person's."""

    root: Path
    state: Path

    @classmethod
    def of_this_clone(cls) -> "Home":
        """The clone that this file stands in; CLIPWIRE_HOME names another folder for what is written."""
        named = os.environ.get("CLIPWIRE_HOME")
        return cls(CLONE, Path(named).resolve() if named else CLONE / ".clipwire")

    @property
    def emulator(self) -> Path:
        return self.state / "emulator"

    @property
    def data(self) -> Path:
        """The emulator's own snapshot of everything but the objects."""
        return self.emulator / "state"

    @property
    def objects(self) -> Path:
        """The objects of the emulator's buckets, written as they come."""
        return self.emulator / "objects"

    @property
    def scratch(self) -> Path:
        return self.emulator / "scratch"

    @property
    def log(self) -> Path:
        return self.emulator / "emulator.log"

    @property
    def running_file(self) -> Path:
        return self.emulator / "running.json"

    @property
    def sam(self) -> Path:
        """SAM's own settings, which it would otherwise keep in the user's home."""
        return self.state / "sam"

    def tool(self, name: str) -> Path:
        """A program of the tools environment; raises `CliError` where it is not installed."""
        path = self.root / ".clipwire" / "tools" / "bin" / name
        if not path.exists():
            raise CliError(
                f"{name} is not installed in {path.parent.parent}.",
                "Run `make tools`: it installs the emulator and SAM.",
            )
        return path
