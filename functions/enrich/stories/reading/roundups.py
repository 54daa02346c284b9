"""Whether an article tells of several stories at once: such a one opens a story of its own, and none joins it."""

import re

from functions.enrich.text.fact_words import fact_words

MIN_PLACES_AND_TIMES = 5  # streets, and clock times, of a text that lists incidents; as measured (decision 0023)
ROUNDUP_TITLE = re.compile(
    r"""
    \b(?:round-?up|digest|newsletter|briefing|blotter|recap)\b                       # Morning news roundup
    |\b(?:over|across|during|this)\ (?:the\ )?(?:\w+\ )?weekend\b                    # 12 wounded across the weekend
    |\b(?:weekend|overnight|weekly|daily)\ (?:shootings|violence|crime|news|killings)\b     # weekend violence
    |\b(?:in|after)\ (?:\w+\ )?(?:separate|multiple|several)\ \w+                    # four shot in separate incidents
    |\b(?:top|latest)\ (?:stories|news|headlines)\b|\bnews\ in\ brief\b              # top stories of the day
    |\b(?:things|stories)\ (?:(?:that\ )?you\ (?:need|have)\ )?to\ know\b               # five things to know
    |\b(?:things|stories)\ (?:that\ )?you\ (?:\w+\ ){0,2}missed\b|\bin\ case\ you\ missed\b  # stories you missed
    |^(?:this|the|last)\ (?:week|month|day|year)\ in\ \w+\b                              # This week in politics
    |\b(?:week|month|day|year)\ in\ (?:review|pictures|photos|numbers|brief)\b           # the week in review
    |\b(?:morning|evening|lunchtime)\ (?:read|edition|update|headlines|bulletin)\b       # evening update
    |\b(?:today|yesterday|week|day|\w+day)['’]s\ (?:top\ )?(?:headlines|stories|news)\b  # Monday's headlines
    |\bnews\ at\ a\ glance\b|\bin\ brief\s*:|:\ in\ brief\b|\band\ other\ (?:news|stories)\b # Council: in brief
    """,
    re.VERBOSE | re.IGNORECASE,
)


def is_roundup(title: str, streets: int, clock_times: int, language: str = "en") -> bool:
    """Whether the title says so, or the text has as many streets and clock times as no single report has."""
    says_so = ROUNDUP_TITLE if language == "en" else fact_words(language).roundup_title
    return bool(says_so.search(title)) or min(streets, clock_times) >= MIN_PLACES_AND_TIMES
