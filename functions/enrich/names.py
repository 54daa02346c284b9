"""People, organisations and places that a text names."""

from collections import Counter

from functions.enrich.name_model import KINDS, label_text
from shared.domain.documents import Name, NameKind


def find_names(text: str, language: str = "en") -> list[Name]:
    """The names in the text, main ones first."""
    if language != "en":
        return []
    tokens, labels = label_text(text)
    places = list(zip(tokens.starts, tokens.ends, strict=True))
    counts: Counter[tuple[str, NameKind]] = Counter()
    i = 0
    while i < len(labels):
        lab = labels[i]
        if not lab:
            i += 1
            continue
        j = i + 1
        while j < len(labels) and labels[j] == lab + 1 and lab % 2:
            j += 1
        counts[" ".join(text[places[i][0] : places[j - 1][1]].split()), KINDS[lab]] += 1
        i = j
    return [Name(text=t, kind=k, count=n) for (t, k), n in counts.most_common()]
