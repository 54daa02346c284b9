"""The numbers of a Chinese or Japanese text, which has no spaces around them, each with what it counts."""

import re
from collections.abc import Iterator

LANGUAGES = frozenset(["zh", "ja"])
DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "兩": 2}
SCALES = {"十": 10, "百": 100, "千": 1_000}
MYRIADS = {"万": 10_000, "萬": 10_000, "億": 100_000_000, "亿": 100_000_000}
COUNTERS = "人名位歳岁歲棟栋軒轩戸户台辆輛両艘架隻只匹頭头件枚冊册本円元米吨噸个個所校社家支枝杯発发回次年"
NUMBER = re.compile(
    rf"""
    (?<![\d.,第])
    (\d{{1,3}}(?:,\d{{3}}){{1,4}}|\d{{1,9}}(?:\.\d{{1,3}})?)([万萬億亿千百]?)([^\W\d_]|%|％)?       # 11人, 5万円, 3.2％
    |(?<!第)([{"".join([*DIGITS, *SCALES, *MYRIADS])}]{{1,9}})([{COUNTERS}])                        # 八人, 三百名
    """,
    re.VERBOSE,
)


def unspaced_numbers(text: str) -> Iterator[str]:
    """`造成八人受伤` → `8 人`; `乗客11人` → `11 人`; `约5万元` → `5万 元`. A `一` alone counts as an article."""
    for match in NUMBER.finditer(text):
        digits, scale, unit, characters, counter = match.groups()
        if digits:
            yield f"{digits}{scale} {unit or ''}".strip()
        elif characters != "一":
            yield f"{value_of(characters)} {counter}"


def value_of(characters: str) -> int:
    """`三百二十` → 320; `一九八七` → 1987; `两万` → 20000."""
    total = part = digit = 0
    for character in characters:
        if character in DIGITS:
            digit = digit * 10 + DIGITS[character]
        elif character in SCALES:
            part, digit = part + (digit or 1) * SCALES[character], 0
        else:
            total, part, digit = (total + part + digit or 1) * MYRIADS[character], 0, 0
    return total + part + digit
