"""How days and times of a day are written: one pattern per form, with an example beside each branch.

A pattern of a day names its parts `year`, `month` and `day`, or `name` for a month in words, or `first` and `second`
where the page's language tells which of two figures is the month. `hour`, `minute`, `second`, `zone` stand where the
form includes the time.
"""

import re

MONTH_NAME = r"[^\s\d.,:;/|()\-–—]{2,15}"

ISO_DATE = re.compile(
    r"""
    (?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})          # 2024-03-14, 2024/3/14, 2024.03.14
    (?:
        [T\s]+(?P<hour>\d{1,2}):(?P<minute>\d{2})                        # T10:22
        (?::(?P<second>\d{2})(?:[.,]\d+)?)?                              # :05.123
        \s*(?P<half>[ap]\.?m\b\.?)?                                      # PM
        \s*
        (?P<zone>
            Z\b|UTC|GMT|[+-]\d{1,2}:?\d{2}(?!\d)|[+-]\d{2}\b             # Z, +01:00, +5:30, +0100, +01
            |(?<=\s)(?:0\d|1[0-4])(?:00|15|30|45)(?!\d)                   # 0200, whose plus an address ate
            |(?-i:[A-Z]{2,5})\b                                          # CET
        )?
    )?
    """,
    re.IGNORECASE | re.VERBOSE,
)
COMPACT_DATE = re.compile(
    r"""
    (?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})               # 20240314
    (?:
        T?(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?             # T102205
        (?P<zone>Z|[+-]\d{2}:?\d{2})?                                    # Z, +0100
    )?
    (?!\d)
    """,
    re.VERBOSE,
)
EPOCH = re.compile(r"\d{10}(?:\d{3})?")  # 1710411720, and 1710411720000 in milliseconds
PROGRAM_DATE = re.compile(
    rf"""
    (?:{MONTH_NAME}\s+)?                                                 # Thu
    (?P<name>[A-Z][a-z]{{2}})\s+(?P<day>\d{{1,2}})\s+                    # Mar 14
    (?P<early>\d{{4}}\s+)?                                               # 2024, before the time
    (?P<hour>\d{{1,2}}):(?P<minute>\d{{2}}):(?P<second>\d{{2}})          # 10:22:00
    \s*(?:GMT)?(?P<zone>[+-]\d{{4}}|[A-Z]{{2,5}}\b)?                     # GMT+0100, CET
    (?P<late>\s+\d{{4}})?                                                # 2024, after the zone
    """,
    re.VERBOSE,
)
CJK_DATE = re.compile(
    r"""
    (?:(?P<year>\d{4})|(?P<era>令和|平成)\s*(?P<reign>\d{1,2}|元))       # 2024, 令和6, 令和元
    \s*[年년]\s*(?P<month>\d{1,2})\s*[月월]\s*(?P<day>\d{1,2})\s*[日일]  # 年3月14日, 년 3월 14일
    """,
    re.VERBOSE,
)
NUMERIC_DATE = re.compile(
    r"""
    (?<![\d.:])(?P<first>\d{1,2})(?P<mark>[./-])\s?(?P<second>\d{1,2})   # 14/03, 14. 3
    (?P=mark)\s?(?P<year>\d{4}|\d{2})(?![\d:]|\.\d)                      # /2024, /24
    """,
    re.VERBOSE,
)
VIETNAMESE_DATE = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})\s+tháng\s+(?P<month>\d{1,2})\s*+(?:,|năm|/)?\s*+(?P<year>\d{4})",  # 1 tháng 5 năm 2024
    re.IGNORECASE,
)
DAY_MONTH_YEAR = re.compile(
    rf"""
    (?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º|ª|\.)?                  # 14, 14th, 1er, 14.
    (?:\s+de|\s+d[’']|\s+of)?[\s.,/\-]+                                  # 14 de, 14 d’, 14th of
    (?P<name>{MONTH_NAME}(?:\.[^\W\d_])?)\.?,?                           # March, мар., มี.ค.
    (?:/{MONTH_NAME})?                                                   # Mars/March
    (?:\s+de|\s+del|\s+พ\.ศ\.)?[\s,.\-/]+                                # de, del, พ.ศ.
    (?P<year>\d{{4}}|(?<=\.\s)\d{{2}}(?=\s))(?!\d)                       # 2024; 67 of "มี.ค. 67 "
    """,
    re.VERBOSE,
)
MONTH_DAY_YEAR = re.compile(  # March 14, 2024; Mar. 14th 2024
    rf"(?P<name>{MONTH_NAME})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.?,?\s+(?P<year>\d{{4}})(?!\d)"
)
YEAR_MONTH_DAY = re.compile(  # 2024. március 14; 2024 m. kovo 14
    rf"(?P<year>\d{{4}})\.?\s+(?:m\.\s+)?(?P<name>{MONTH_NAME})\s+(?P<day>\d{{1,2}})"
)
YEAR_DAY_MONTH = re.compile(  # 2024. gada 14. marts
    rf"(?P<year>\d{{4}})\.\s+gada\s+(?P<day>\d{{1,2}})\.\s+(?P<name>{MONTH_NAME})"
)

TEXT_DATES = (
    ISO_DATE,
    CJK_DATE,
    DAY_MONTH_YEAR,
    MONTH_DAY_YEAR,
    YEAR_MONTH_DAY,
    YEAR_DAY_MONTH,
    VIETNAMESE_DATE,
    NUMERIC_DATE,
)
"""The forms of a day in a line for people, in the order in which they are tried."""

AFTERNOON = frozenset(
    {"pm", "오후", "午後", "下午", "晚上", "μμ", "مساء", "م", "بظ", "अपराह्न", "petang", "malam", "ch"}
)
MORNING = frozenset({"am", "오전", "午前", "上午", "凌晨", "早上", "πμ", "صباح", "ص", "قظ", "पूर्वाह्न", "pagi", "sa"})
HALF_BEFORE = "오전|오후|午前|午後|上午|下午|凌晨|早上|晚上"
HALF_AFTER = (
    r"[ap]\.?\s?m\b\.?|[πμ]\.?\s?μ\b\.?|오전|오후|午前|午後|上午|下午|晚上|صباح|مساء|[صم]\b|[قب]\.ظ"
    r"|पूर्वाह्न|अपराह्न|petang|malam|pagi|(?:sa|ch)\b"
)
CLOCK = re.compile(
    rf"""
    (?:(?P<before>{HALF_BEFORE})\s*)?                                    # 午後
    (?<![\d.])(?P<hour>\d{{1,2}})\s?(?::|\.|h|時|시|点|點)\s?            # 10:, 10h, 10時
    (?P<minute>\d{{2}})(?:[:.]\d{{2}})?(?!\d|\.\d)                       # 22, 22:05
    \s*(?:分|분|uhr|hrs|h\b)?\s*(?P<half>{HALF_AFTER})?                  # Uhr, p.m.
    \s*\(?
    (?P<zone>
        (?:UTC|GMT)?\s?[+-]\d{{1,2}}(?::?\d{{2}})?(?!\d)                 # GMT+2, +05:30
        |[A-ZА-Я]{{2,5}}\b                                               # CET, МСК
    )?
    """,
    re.IGNORECASE | re.VERBOSE,
)
OFFSET = re.compile(r"(?:UTC|GMT)?\s?(?P<sign>[+-])(?P<hours>\d{1,2}):?(?P<minutes>\d{2})?", re.IGNORECASE)
