"""Labels news sentences with a teacher: the `ner` part of spaCy's English model of medium size (MIT).

`python -m infra.training.names.label MODEL_FOLDER OUT.jsonl.gz NEWS.jsonl.gz …` in an environment with spaCy 3.8; the
news files hold one JSON object a line with `text`. Writes `[text, [[start, end, label], …]]` a line, in an order of its
own that is always the same.
"""

import gzip
import json
import random
import sys
from collections.abc import Iterable
from pathlib import Path

import spacy

SEED = 7
NOT_NEEDED = ["tagger", "parser", "lemmatizer", "attribute_ruler", "senter"]


def read_texts(files: Iterable[str]) -> list[str]:
    """All different texts, shuffled."""
    texts: dict[str, None] = {}
    for path in files:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            texts.update(dict.fromkeys(json.loads(line)["text"] for line in lines))
    shuffled = list(texts)
    random.Random(SEED).shuffle(shuffled)  # noqa: S311 (the same order every time)
    return shuffled


def main(model: str, out: str, files: list[str]) -> None:
    teacher = spacy.load(Path(model), exclude=NOT_NEEDED)
    with gzip.open(out, "wt", encoding="utf-8") as labelled:
        for document in teacher.pipe(read_texts(files), batch_size=128):
            entities = [[entity.start_char, entity.end_char, entity.label_] for entity in document.ents]
            labelled.write(json.dumps([document.text, entities]) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
