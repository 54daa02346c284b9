"""UTF-8 that was read as Windows-1252 and saved as UTF-8 once more: "thÃ©Ã¢tre"."""

import re

_CONTINUED = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ\ufffd"
_DOUBLED = re.compile(f"[\xc2-\xdf][{_CONTINUED}]|[\xe0-\xef][{_CONTINUED}]{{2}}|[\xf0-\xf4][{_CONTINUED}]{{3}}")
_SUSPECT = re.compile(f"[\xc2-\xf4][{_CONTINUED}]")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_SAMPLE = 60_000
_FEWEST = 8
_MOST_OTHERS = 0.1


def unfolded(text: str) -> str:
    """The text as it was meant where nearly all of it beyond ASCII is doubled so, else as it is."""
    sample = text[:_SAMPLE] if not text.isascii() else ""
    doubled = len(_SUSPECT.findall(sample))
    if doubled < _FEWEST or len(_BEYOND_ASCII.findall(_DOUBLED.sub("", sample))) > _MOST_OTHERS * doubled:
        return text
    return _DOUBLED.sub(lambda match: _meant(match[0]), text)


def _meant(letters: str) -> str:
    if "\ufffd" in letters:
        return "\ufffd"
    octets = b"".join(bytes([ord(letter)]) if letter <= "\xff" else letter.encode("cp1252") for letter in letters)
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError:
        return letters
