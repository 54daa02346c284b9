"""The page with an upload form in it, which a guest opens from a file and drops saved pages on."""

import base64
import hashlib
import json
import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from infra.errors import CliError

_PAGES = Path(__file__).with_name("pages")
_OWNER_ONLY = 0o600  # permissions: whoever reads the file may send pages


def invite_page(answer: dict[str, Any]) -> str:
    """The whole page. It loads nothing, and its policy lets it send to the form's own address alone.

    `answer` is the form as `clipwire invite --json` has it.
    """
    style, script = (_PAGES / "invite.css").read_text(), (_PAGES / "invite.js").read_text()
    url = urlsplit(answer["url"])
    policy = (
        f"default-src 'none'; base-uri 'none'; form-action 'none'; connect-src {url.scheme}://{url.netloc}; "
        f"style-src '{source_hash(style)}'; script-src '{source_hash(script)}'"
    )
    page = (_PAGES / "invite.html").read_text()
    parts = {"policy": policy, "style": style, "script": script, "form": as_data(answer)}
    return re.sub(r"\{\{(\w+)\}\}", lambda name: parts[name[1]], page)


def as_data(answer: dict[str, Any]) -> str:
    """JSON that ends no element of the page, whatever a folder is called."""
    return json.dumps(answer).replace("<", "\\u003c")


def source_hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def write_page(file: Path, answer: dict[str, Any]) -> None:
    """Writes the page for its owner alone to read; raises `CliError` where it cannot."""
    try:
        with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _OWNER_ONLY), "w", encoding="utf-8") as stream:  # noqa: PTH123  # opened with its permissions
            stream.write(invite_page(answer))
    except OSError as error:
        raise CliError(f"{file} cannot be written: {error.strerror}.", "Name another file.") from None
