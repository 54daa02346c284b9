"""Small pages that take next to no time to extract, and messages that no stage can read."""

import random

LONG_PARAGRAPHS = 170  # of 400 words: 390 KB of text, more than a record's 350 KB
_SENTENCES = (
    "The harbour council of Port Cassel voted on Tuesday to rebuild the northern breakwater, which winter storms had broken.",
    "The work will cost nine million crowns and take two summers, the harbour master said after the vote.",
    "Fishing boats keep their berths while the stone is brought in by barge from the quarry at Rook Head.",
)


def small_page(title: str) -> bytes:
    paragraphs = "".join(f"<p>{sentence}</p>" for sentence in _SENTENCES * 2)
    return f"<html lang=en><head><title>{title}</title></head><body><article><h1>{title}</h1>{paragraphs}</article></body></html>".encode()


def long_page(title: str, seed: str) -> bytes:
    """More text than a message or an item takes, each paragraph in other words, since an article says nothing twice."""
    chance, known = random.Random(seed), " ".join(_SENTENCES).split()
    paragraphs = "".join(f"<p>{' '.join(chance.choices(known, k=400))}.</p>" for _ in range(LONG_PARAGRAPHS))
    return f"<html lang=en><head><title>{title}</title></head><body><article><h1>{title}</h1>{paragraphs}</article></body></html>".encode()


def poison_messages() -> list[tuple[str, str]]:
    """A stage's name as in the stack's outputs, and a body it must park."""
    return [
        ("Pages", "not json at all"),
        ("Pages", '{"Records": [{"eventName": "ObjectCreated:Put"}]}'),
        ("Articles", '{"version": 99}'),
    ]
