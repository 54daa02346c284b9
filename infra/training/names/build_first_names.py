"""Writes the first names of languages without a model, a row per language.

Run in the training environment (`infra/dependencies/training.txt`): `python -m infra.training.names.build_first_names`.
Sources: the providers of Faker (MIT), and a list of our own beside this file; but for the world's first names, which
have a list already.
"""

import importlib
import re
from pathlib import Path

WORDS = Path(__file__).parents[3] / "functions" / "enrich" / "words"
LOCALES = {
    "az": "az_AZ",
    "bg": "bg_BG",
    "ca": "es_CA",
    "cs": "cs_CZ",
    "da": "da_DK",
    "el": "el_GR",
    "et": "et_EE",
    "fi": "fi_FI",
    "hr": "hr_HR",
    "hu": "hu_HU",
    "id": "id_ID",
    "lt": "lt_LT",
    "lv": "lv_LV",
    "nb": "no_NO",
    "no": "no_NO",
    "ro": "ro_RO",
    "sk": "sk_SK",
    "sl": "sl_SI",
    "sv": "sv_SE",
    "tr": "tr_TR",
    "uk": "uk_UA",
}
# Letters of one word, of which the first is a capital; two-letter names (`Ay`, `Su`) are mostly words of the language
_FIRST_NAME = re.compile(r"[^\W\d_]{3,}")


def own_names() -> dict[str, set[str]]:
    """The names of the list beside this file, by language."""
    lines = Path(__file__).with_name("first_names_by_language.txt").read_text(encoding="utf-8").splitlines()
    rows = (line.split(": ") for line in lines if not line.startswith("#"))
    return {language: set(names.split()) for language, names in rows}


def faker_names(locale: str) -> set[str]:
    """The locale's first names."""
    provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
    lists = [getattr(provider, name) for name in dir(provider) if name.startswith("first_name")]
    entries = {str(entry) for entries in lists if isinstance(entries, dict | tuple | list | set) for entry in entries}
    return {name for name in entries if _FIRST_NAME.fullmatch(name) and name.istitle()}


def main() -> None:
    known = set((WORDS / "first_names.txt").read_text(encoding="utf-8").split())
    names = {language: faker_names(locale) for language, locale in LOCALES.items()}
    for language, own in own_names().items():
        names[language] = names.get(language, set()) | own
    rows = [f"{language}: {' '.join(sorted(entries - known))}" for language, entries in names.items()]
    note = "# First names by language: Faker (MIT) and own list; made by infra/training/names/build_first_names.py"
    (WORDS / "first_names_by_language.txt").write_text("\n".join([note, *rows, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
