"""English words that say nothing of what a text is about."""

from shared.text.lexicon import load_words


def stop_words() -> frozenset[str]:
    """Folded words, read on first use."""
    return load_words("stop_words")
