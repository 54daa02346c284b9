"""A line that names people becomes their names: no roles, links, places or repeats, each name in its right capitals."""

import re
import unicodedata
from functools import cache, lru_cache

from functions.extract.lexicon import load_lines, load_words
from functions.extract.metadata.dates.month_words import part_glued_month
from shared.domain.clean_text import limit_marks

FIRST_NUMBER = re.compile(r"(?<!\w)\d")
DATES = re.compile(r"\d{1,4}[./:-]\d|\b(?:19|20)\d{2}\b|\s[|•]\s")
LINK_OR_ACCOUNT = re.compile(r"https?://\S+|www\.\S+|[^\s@]{1,64}@[^\s@]{1,80}\.[^\s@]{1,40}|(?<!\w)@\w+")
BRACKETS = re.compile(r"\s*[(\[（【][^()\[\]（）【】]{0,80}[)\]）】]")
ALL_IN_BRACKETS = re.compile(r"^\s*[(\[（【〔][^()\[\]（）【】〔〕]{2,80}[)\]）】〕]\s*$")
NAME_SEPARATOR = re.compile(
    r"\s*(?:;|\||·|•|・(?=\S{3,})|、|，|،|\s/\s|(?<=\w{3})/(?=[A-ZÀ-ÞА-Я]\w+ )|\n|&(?![a-z]+;)|\+)\s*"
)
JOINED_AND = re.compile(r"\s+[ו|و](?=[\u0590-\u06ff]{2,}\s+[\u0590-\u06ff]{2,})")
PLACE_TAIL = re.compile(r"\s+(?:in|from|at|for|aus|für|fuer|bei|à)\s+(?=\S).*$|\s+[-–—]\s+.*$")
PLACE_BEFORE_EQUALS = re.compile(r"^[^\s=＝]{1,10}[=＝]\s*")
REPORTED_FROM = re.compile(
    r"\s*[／/]\s*[\u3400-\u9fff]{0,10}(?:報導|报道|電|电|專電|综合)$|\s*[\u3400-\u9fff]{2,4}(?:報導|报道)$"
)
HAN = r"\u3400-\u9fff\uf900-\ufaff々ヶ"
EASTERN_NAME = re.compile(rf"[{HAN}\u3040-\u30ff]{{2,8}}(?:\s[{HAN}\u3040-\u30ff]{{1,6}})?|[\uac00-\ud7af]{{2,4}}")
CASED = re.compile(r"[A-ZÀ-ÞĀ-ŽΑ-ΩА-Я]")
UNCASED_SCRIPT = re.compile(r"[\u0590-\u06ff\u0900-\u0eff\u1000-\u10ff\u1780-\u17ff]")
MAX_NAME = 60  # characters of one name; longer ones are sentences (by judgement)
MIN_NAME_WORDS = 2  # words of a person's full name
MAX_NAME_WORDS = 5  # words of a name such as "Ana María de la Cruz"; longer ones are headings (by judgement)
MAX_UNCASED_WORDS = 4  # words of a name in a script without capitals, likewise
MAX_WORDS_WITH_DIGIT = 3  # words of a name that may hold a digit: "Channel 4 News" (by judgement)
ORNAMENTS = " .:;|-–~•·»«›✍"  # what some pages set before or behind a name
MIN_ROLE_LEFT = 2  # words that are left of a name when its role goes
MAX_LINE = 1_000  # characters of a byline that are read, a bound on the time
MIN_SHOUTED = 5  # letters; names in capitals up to this length are agencies (AFP, DPA) and stay
NAME_SUFFIX = re.compile(r",\s*(Jr|Sr|II|III|IV)\b\.?")  # "Walter Greaves, Jr." is one name
GLUED_BY = re.compile(r"^\s*(?:By|BY)(?=[A-Z][a-z.])")  # "ByAnn Lee", where only the layout keeps the words apart
DATE_WORD_BEHIND = re.compile(r"[\s,|–—(-]*[^\W\d_]{2,12}\.?[\s,|–—(-]*$")
DEGREES = frozenset({"dr", "professor", "md", "phd"})


def parse_byline(line: str) -> list[str]:
    """The names in a byline such as "By ANN LEE and Bo Ek, Staff Writers"."""
    line = LINK_OR_ACCOUNT.sub(" ", unicodedata.normalize("NFC", line[:MAX_LINE]))
    line = GLUED_BY.sub("", NAME_SUFFIX.sub(r" \1.", line))
    line = line.strip(" ()[]（）【】〔〕") if ALL_IN_BRACKETS.match(line) else BRACKETS.sub("", line)
    line = " ".join(line.split())
    opened = byline_opening().match(line)
    line = REPORTED_FROM.sub("", before_stop(line[opened.end() :] if opened else line))
    parts = [
        part
        for chunk in NAME_SEPARATOR.split(line)
        for joined in name_joints().split(chunk)
        for part in JOINED_AND.split(joined)
    ]
    names = [name for part in parts for piece in split_commas(part) for name in split_han_names(piece)]
    return [name for name in map(tidy_name, names) if name]


def parse_declared_name(text: str) -> list[str]:
    """The name of one author as a page declares it: whole, unless it is plainly a line of several names."""
    text = GLUED_BY.sub("", NAME_SUFFIX.sub(r" \1.", text[:MAX_LINE]))
    parts = parse_byline(text)
    if len(parts) > 1 and all(" " in part or is_eastern_name(part) for part in parts):
        return parts
    whole = (
        byline_opening().sub("", BRACKETS.sub("", LINK_OR_ACCOUNT.sub("", text))).split(",")[0].strip(" .:;|-–~•·»«›✍")
    )
    whole = byline_endings().sub("", whole)
    usable = (
        whole
        and len(whole) <= MAX_NAME
        and whole.casefold() not in load_words("authors/author_placeholders")
        and any(map(str.isalpha, whole))
    )
    return [restore_capitals(with_dotted_suffix(whole))] if usable else parts


def distinct_names(names: list[str]) -> list[str]:
    """Names once each, accents or not; a part of a longer name in the list goes."""
    kept: dict[str, str] = {}
    for name in names:
        kept.setdefault(folded_name(name), name)
    return [
        name for key, name in kept.items() if not any(key != other and f" {key} " in f" {other} " for other in kept)
    ]


def before_date(line: str) -> str:
    """The line up to its date: "Callum Reyes" of "Callum Reyes, Thursday, 9 May 2024"."""
    line = part_glued_month(line)
    number = FIRST_NUMBER.search(line)
    if not number:
        return line
    head = DATES.split(line[: number.start()])[0]
    while (word := DATE_WORD_BEHIND.search(head)) and word[0].strip(" ,.|–—(-").casefold() in date_words():
        head = head[: word.start()]
    return head.rstrip(" ,|–—(-")


@cache
def date_words() -> frozenset[str]:
    """Names of months and days, and what stands before a date."""
    months = re.split(r"[\s/~]+", " ".join(load_lines("dates/month_names")).casefold())
    return frozenset(months) | load_words("authors/date_words")


@lru_cache(maxsize=1_000)  # names: those of a page are folded several times each
def folded_name(name: str) -> str:
    """Words alone, in lower case and without accents; of a text longer than a line its beginning."""
    name = name[:MAX_LINE]
    if name.isascii():  # most names, and no letter of them is changed below
        return " ".join(re.findall(r"\w+", name.casefold()))
    letters = unicodedata.normalize("NFKD", limit_marks(name))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFC", plain).casefold()))


def reads_like_name(text: str) -> bool:
    """Whether the text is made as names of people are in scripts with capitals."""
    words = text.split()
    return (
        MIN_NAME_WORDS <= len(words) <= MAX_NAME_WORDS
        and all(word[:1].isupper() or word.casefold() in load_words("authors/name_particles") for word in words)
        and any(len(word.strip(".")) > 1 and not word.isupper() for word in words)
        and not is_role(text)
    )


def could_be_name(text: str) -> bool:
    """Whether a text that stands where names do may be one, in any script: agencies too."""
    if text.casefold() in folded_agencies() or reads_like_name(text) or is_eastern_name(text):
        return True
    return (
        bool(UNCASED_SCRIPT.match(text))
        and MIN_NAME_WORDS <= len(text.split()) <= MAX_UNCASED_WORDS
        and not any(map(str.isdigit, text))
        and not is_role(text)
    )


def is_eastern_name(text: str) -> bool:
    """Whether the text has the length and the letters of a Chinese, Japanese or Korean name."""
    return EASTERN_NAME.fullmatch(text) is not None


def has_link(line: str) -> bool:
    """Whether a line has an address or an account beside what it says."""
    return LINK_OR_ACCOUNT.search(line) is not None


def is_signed_line(line: str) -> bool:
    """Whether a line opens or ends as bylines do."""
    return bool(
        byline_opening().match(line)
        or byline_endings().search(LINK_OR_ACCOUNT.sub("", line).strip(" ()[]（）【】〔〕"))
    )


def is_role(text: str) -> bool:
    """Whether the text is a job, a desk or a place holder instead of a name."""
    words = re.findall(r"[^\W_]+", text.casefold())
    roles = sum(word in load_words("authors/role_words") for word in words)
    return bool(words) and (text.casefold() in load_words("authors/author_placeholders") or roles * 2 >= len(words))


def with_dotted_suffix(name: str) -> str:
    """The name with the stop behind "Jr" and "Sr" that trimming took."""
    return f"{name}." if name.endswith((" Jr", " Sr")) else name


def restore_capitals(name: str) -> str:
    """A name all in capitals or all in small letters gets normal capitals; short ones in capitals (AFP, DPA) stay."""
    letters = [character for character in name if character.isalpha()]
    shouted = len(letters) > MIN_SHOUTED and all(map(str.isupper, letters))
    if len(name.split()) > 1 and (shouted or all(map(str.islower, letters))):
        return " ".join(map(capitalise_word, name.split()))
    return name


@cache
def byline_opening() -> re.Pattern[str]:
    """What may stand before the names of a byline.

    A word of two letters or more in a script without spaces needs no space after it.
    """
    words = load_lines("authors/byline_openings")
    unspaced = "|".join(
        re.escape(word) for word in words if re.search("[\u3400-\u9fff\uac00-\ud7af]", word) and len(word) > 1
    )
    spaced = "|".join(map(re.escape, words))
    return re.compile(
        rf"^\W{{0,3}}(?:(?:{spaced})(?:\s*[:：.／/・=]\s*|\s+[-–—]\s+|\s+)|(?:{unspaced})\s*)+", re.IGNORECASE
    )


@cache
def folded_agencies() -> frozenset[str]:
    return frozenset(map(str.casefold, load_words("authors/agencies")))


@cache
def name_joints() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{'|'.join(map(re.escape, load_lines('authors/name_joints')))})\s+", re.IGNORECASE)


@cache
def byline_endings() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(load_lines('authors/byline_endings'))})$")


@cache
def byline_stops() -> re.Pattern[str]:
    return re.compile("|".join(load_lines("authors/byline_stops")), re.IGNORECASE)


def before_stop(line: str) -> str:
    stop = next((match for match in byline_stops().finditer(line) if match.start() > 1), None)
    return line[: stop.start()] if stop else line


def split_commas(part: str) -> list[str]:
    """Parts between commas: names, or a name with its role or place. What follows is kept if it reads like a name."""
    first, *rest = [piece.strip() for piece in part.split(",")]
    return [first, *(piece for piece in rest if could_be_name(piece) and (could_be_name(first) or not first))]


def split_han_names(piece: str) -> list[str]:
    """Chinese names with a space between, told by their family names."""
    names = piece.split()
    known = load_lines("authors/surnames_han")[0]
    several = len(names) > 1 and all(name[0] in known and re.fullmatch(rf"[{HAN}]{{2,3}}", name) for name in names)
    return names if several else [piece]


def tidy_name(name: str) -> str:
    name = byline_opening().sub("", name.strip(" \t\n.,:;–—-_*~•·»«›✍\"'|／/()（）【】")).strip()
    name = byline_endings().sub("", PLACE_BEFORE_EQUALS.sub("", name) if not name.isascii() else name)
    name = without_role(without_place(name))
    if not name or len(name) > MAX_NAME or ":" in name or not any(map(str.isalpha, name)) or is_role(name):
        return ""
    return (
        ""
        if any(map(str.isdigit, name)) and len(name.split()) > MAX_WORDS_WITH_DIGIT
        else restore_capitals(with_dotted_suffix(name))
    )


def without_place(name: str) -> str:
    place = PLACE_TAIL.search(name)
    head = name[: place.start()] if place else ""
    return (
        head
        if head and (could_be_name(restore_capitals(head)) or is_role(name[place.end() :] if place else ""))
        else name
    )


def without_role(name: str) -> str:
    """The name without the job behind or before it, where a name is left."""
    words = name.split()
    roles = load_words("authors/role_words")
    while len(words) > MIN_ROLE_LEFT and words[-1].casefold().strip(".") in roles:
        words.pop()
    while len(words) > MIN_ROLE_LEFT and words[0].casefold() in roles - DEGREES:
        words.pop(0)
    return (
        " ".join(words) if len(words) < len(name.split()) and could_be_name(restore_capitals(" ".join(words))) else name
    )


def capitalise_word(word: str) -> str:
    if word.casefold() in load_words("authors/name_particles"):
        return word.lower()
    parts = re.split(r"([-'’])", word.lower())
    text = "".join(part[:1].upper() + part[1:] for part in parts)
    return re.sub(r"^(Mc)(\w)", lambda match: match[1] + match[2].upper(), text)
