"""What a deployment is made from, as one hash: deploying again is for when it changed."""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

SOURCES_TAG = "clipwire:sources"  # the tag of a stack that says what it was deployed from
_PINS = ("infra/dependencies/runtime.txt", "infra/dependencies/export.txt")
_PARTS = ("template.yaml", "functions", "shared", "infra/build", *_PINS)
_IGNORED = frozenset({"__pycache__", ".DS_Store"})


def source_hash(root: Path, parameters: Mapping[str, str]) -> str:
    digest = hashlib.sha256(repr(sorted(parameters.items())).encode())
    for file in sorted(source_files(root)):
        digest.update(f"\0{file.relative_to(root)}\0".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]


def source_files(root: Path) -> Iterator[Path]:
    for part in _PARTS:
        path = root / part
        found = path.rglob("*") if path.is_dir() else iter((path,))
        yield from (file for file in found if file.is_file() and not _IGNORED.intersection(file.parts))
