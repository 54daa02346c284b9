"""The one exception that ends a command with a plain line instead of a traceback."""


class CliError(Exception):
    """Something a person can mend: what is wrong, and what to do about it."""

    def __init__(self, what: str, todo: str = "") -> None:
        super().__init__(what if not todo else f"{what}\n  → {todo}")
        self.what = what
        self.todo = todo
