"""Labels this project's own Russian texts and the Russian sentences of SIB-200 with a teacher.

The name tagger of Natasha (MIT).

`python -m infra.training.names.label_russian OUT.jsonl.gz SIB.jsonl.gz` in an environment with natasha 1.6, whose wheel
has its models.
Writes `[text, [[start, end, kind], …]]` per line. Natasha and the marks of
`languages/ru/sentences.txt` agree at .85 F1.
"""

import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from natasha import Doc, NewsEmbedding, NewsNERTagger, Segmenter

from infra.training.names.everyday import read_own_texts

KINDS = {"PER": "person", "ORG": "organisation", "LOC": "place"}


def label_sentences(texts: list[str]) -> Iterator[tuple[str, list[tuple[int, int, str]]]]:
    segmenter, tagger = Segmenter(), NewsNERTagger(NewsEmbedding())
    for text in texts:
        document = Doc(text)
        document.segment(segmenter)
        document.tag_ner(tagger)
        for sentence in document.sents:
            inside = [span for span in document.spans if sentence.start <= span.start and span.stop <= sentence.stop]
            names = [(span.start - sentence.start, span.stop - sentence.start, KINDS[span.type]) for span in inside]
            yield text[sentence.start : sentence.stop], names


def main(out: str, sib: str) -> None:
    with gzip.open(sib, "rt", encoding="utf-8") as lines:
        texts = [*read_own_texts("ru", ("written", "headlines")), *(json.loads(line)["text"] for line in lines)]
    with gzip.open(Path(out), "wt", encoding="utf-8") as labelled:
        for text, names in label_sentences(texts):
            labelled.write(json.dumps([text, names], ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:3])
