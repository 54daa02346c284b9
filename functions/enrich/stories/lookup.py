"""The keys by which an article finds the earlier ones that may be of its story, and is found by later ones.

An article is written under few keys and looks under more, since a write costs five times what a read costs.
"""

import hashlib
from base64 import urlsafe_b64encode
from collections import Counter
from collections.abc import Mapping, Sequence

from functions.enrich.stories.reading.document import StoryDocument
from functions.enrich.stories.reading.sketch import FREQUENCY_SHIFT, LEAD, PERSON, STREET, TITLE
from functions.enrich.stories.reading.term_counts import TermCounts
from functions.enrich.stories.reading.terms import TERM_BYTES
from shared.domain.addresses import url_identity

MAX_WRITTEN_TERMS = 9  # keys under which an article is found (decision 0023)
MAX_READ_TERMS = 16  # keys under which it looks (decision 0023)
MAX_CANDIDATES = 8  # earlier articles that are compared (decision 0023)
MAX_SHINGLE_KEYS = 4  # smallest hashes of a fingerprint: of two copies of which 80 % is the same, 99 % share one
MAX_RARITY = 7.0  # of a key: a rarer term is as likely a slip of the pen as a name; as measured
ONCE = 0.75  # of a key's weight, where the text has the term once and the title not: it may be an aside
ADDRESS_BYTES = 9  # of the hash that stands for an address: no two of a thousand million share it
ADDRESS = "url:"  # what keys of addresses begin with
# In which articles are looked up by terms and judged: where joining was measured (decision 0023).
LANGUAGES = frozenset(["de", "en", "es", "fr", "it", "nl", "pl", "pt", "ru"])
KEYED = TITLE | LEAD | PERSON | STREET


def written_keys(document: StoryDocument, counts: TermCounts) -> list[str]:
    return [*url_keys(document), *content_keys(document, counts, MAX_WRITTEN_TERMS)]


def read_keys(document: StoryDocument, counts: TermCounts) -> list[str]:
    return [*url_keys(document), *content_keys(document, counts, MAX_READ_TERMS)]


def content_keys(document: StoryDocument, counts: TermCounts, most: int) -> list[str]:
    """Rare terms of title, lead and names, the best first; in other languages the smallest shingles."""
    sketch = document.sketch
    if sketch.language in LANGUAGES:
        return [f"{sketch.language}:{short_name(term)}" for term in rank_terms(document, counts)[:most]]
    return [f"{sketch.language}/{short_name(shingle)}" for shingle in sorted(sketch.shingles)[:MAX_SHINGLE_KEYS]]


def short_name(term: int) -> str:
    """Three bytes as four letters: the keys of a document stand in its row, which has to be small."""
    return urlsafe_b64encode(term.to_bytes(TERM_BYTES, "big")).decode()


def rank_terms(document: StoryDocument, counts: TermCounts) -> list[int]:
    """The terms that are rare, in the title or repeated, best first."""
    keyed = [term for term, mark in document.sketch.terms.items() if mark & KEYED]
    rarity = counts.rarities(keyed)

    def weight(term: int) -> float:
        mark = document.sketch.terms[term]
        repeated = mark & TITLE or mark >> FREQUENCY_SHIFT
        return min(MAX_RARITY, rarity[term]) * (1.0 if repeated else ONCE)

    return sorted(keyed, key=lambda term: (-weight(term), term))


def url_keys(document: StoryDocument) -> list[str]:
    """The key of the article's own address; none where it has none, or only a site's."""
    address = url_identity(document.url)
    digest = hashlib.sha256(address.encode()).digest()[:ADDRESS_BYTES]
    return [f"{ADDRESS}{urlsafe_b64encode(digest).decode()}"] if address else []


def rank_candidates(found: Mapping[str, Sequence[str]], own_id: str) -> list[str]:
    """The document ids that stand under most of the keys, first those under the rarest; `found` is by key in order.

    Those under the same address come first.
    """
    weights: Counter[str] = Counter()
    for place, (key, ids) in enumerate(found.items()):
        for document_id in ids:
            weights[document_id] += 100 if key.startswith(ADDRESS) else MAX_READ_TERMS * 2 - place
    weights.pop(own_id, None)
    return [name for name, _ in sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:MAX_CANDIDATES]]
