"""The one exception that ends a command with a plain line instead of a traceback."""


class CliError(Exception):
    """Something a person can mend: what is wrong, and what to do about it.

    `exit_code` is one of `infra/cli/exit_codes.py`.
    """

    def __init__(self, what: str, todo: str = "", exit_code: int = 1) -> None:
        super().__init__(what if not todo else f"{what}\n  → {todo}")
        self.what = what
        self.todo = todo
        self.exit_code = exit_code
