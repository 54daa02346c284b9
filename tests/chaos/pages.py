"""Small pages that take next to no time to extract, and messages that no stage can read."""

_SENTENCES = (
    "The harbour council of Port Cassel voted on Tuesday to rebuild the northern breakwater, which winter storms had broken.",
    "The work will cost nine million crowns and take two summers, the harbour master said after the vote.",
    "Fishing boats keep their berths while the stone is brought in by barge from the quarry at Rook Head.",
)


def small_page(title: str) -> bytes:
    paragraphs = "".join(f"<p>{sentence}</p>" for sentence in _SENTENCES * 2)
    return f"<html lang=en><head><title>{title}</title></head><body><article><h1>{title}</h1>{paragraphs}</article></body></html>".encode()


def poison_messages() -> list[tuple[str, str]]:
    """A stage's name as in the stack's outputs, and a body it must park."""
    return [
        ("Pages", "not json at all"),
        ("Pages", '{"Records": [{"eventName": "ObjectCreated:Put"}]}'),
        ("Articles", '{"version": 99}'),
    ]
