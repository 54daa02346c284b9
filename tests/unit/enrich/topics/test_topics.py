from pathlib import Path

import pytest

from functions.enrich.topics.model import doubt, languages_with_model, load_model, model_file, softmax, temperature_of
from functions.enrich.topics.rank import applicable_topics, rank_topics, topic_weights, topics_note
from functions.enrich.topics.terms import eastern_terms_of_run, fold, fold_word, read_terms, word_prefixes
from shared.domain.documents import TopicScore

TOPICS = 17
STRIKE = (
    "Dockers at the grain terminal have voted to strike from Monday over pay and night shifts, their union said. "
    "Employers offered a wage rise of two percent. Pickets will stand at both gates, and the conciliation service has invited the "
    "two sides to further talks. The last stoppage, nine years ago, cost exporters a week of sailings."
)

_BLOCKS = (Path(__file__).parent / "other_languages.txt").read_text(encoding="utf-8").strip().split("\n\n")
OTHER_LANGUAGES = {language: (title, text) for language, title, text in (block.split("\n") for block in _BLOCKS)}
CODES = {
    "German": "de", "French": "fr", "Spanish": "es", "Italian": "it", "Portuguese": "pt", "Dutch": "nl", "Swedish": "sv", "Polish": "pl",
    "Turkish": "tr", "Indonesian": "id", "Russian": "ru", "Arabic": "ar", "Hindi": "hi", "Chinese": "zh", "Japanese": "ja", "Finnish": "fi",
    "Danish": "da", "Norwegian": "no", "Czech": "cs", "Hungarian": "hu", "Romanian": "ro", "Catalan": "ca", "Vietnamese": "vi",
    "Swahili": "sw", "Tagalog": "tl", "Greek": "el", "Hebrew": "he", "Korean": "ko", "Ukrainian": "uk",
}  # fmt: skip

HEADLINES = {
    "Striker's late penalty sends United into quarter-finals": "sport",
    "Hospital cancels operations as flu spreads": "health",
    "Snow and freezing rain expected overnight": "weather",
    "Bishops gather to elect new archbishop": "religion",
    "Union calls strike over wages": "labour",
    "Jury convicts man of murder": "crime",
    "Central bank cuts interest rates": "economy",
    "Earthquake kills dozens": "disaster",
    "Slow cooker recipes for autumn": "lifestyle",
}


@pytest.mark.parametrize(("headline", "topic"), HEADLINES.items())
def test_a_headline_alone_is_enough(headline: str, topic: str) -> None:
    assert rank_topics(headline, "")[0].slug == topic


def test_all_topics_come_best_first_with_probabilities_that_add_up_to_one() -> None:
    ranked = rank_topics("Dockers to strike", STRIKE)
    scores = [topic.score for topic in ranked]
    assert len(ranked) == TOPICS
    assert scores == sorted(scores, reverse=True)
    assert sum(scores) == pytest.approx(1, abs=0.01)


def test_text_without_a_headline_is_enough() -> None:
    assert rank_topics("", STRIKE)[0].slug == "labour"


def test_capitals_do_not_matter_to_the_score() -> None:
    as_written, lower, upper = (
        rank_topics("Dockers to strike", text)[0] for text in (STRIKE, STRIKE.lower(), STRIKE.upper())
    )
    assert lower == as_written.model_copy(update={"evidence": lower.evidence})
    assert upper.score == as_written.score


def test_the_same_text_always_gets_the_same_answer() -> None:
    assert rank_topics("Dockers to strike", STRIKE) == rank_topics("Dockers to strike", STRIKE)


def test_evidence_is_in_the_words_of_the_text_without_stop_words() -> None:
    first = rank_topics("Dockers to strike", STRIKE)[0]
    assert first.evidence
    assert all(term in f"Dockers to strike {STRIKE}" for term in first.evidence)
    assert {"union", "strike", "wage rise", "wage", "Pickets"} & set(first.evidence)
    assert not {"the", "over", "from", "and"} & set(first.evidence)


def test_dates_numbers_and_plain_verbs_are_no_evidence() -> None:
    text = f"On Monday, 3 March, the two sides said that they would make a new start. {STRIKE}"
    evidence = {
        word.lower()
        for topic in rank_topics("John said five million", text)
        for term in topic.evidence
        for word in term.split()
    }
    assert not {"monday", "said", "make", "new", "john", "five", "million"} & evidence


def test_the_lead_of_a_five_thousand_word_article_decides() -> None:
    tail = "The committee then turned to other business and heard a report about the harbour and its history. " * 300
    assert rank_topics("Dockers to strike", f"{STRIKE} {tail}")[0].slug == "labour"


@pytest.mark.parametrize("language", [name for name in OTHER_LANGUAGES if CODES[name] not in languages_with_model()])
def test_a_language_without_a_model_gets_no_topic_and_a_note(language: str) -> None:
    title, text = OTHER_LANGUAGES[language]
    for code in ("", CODES[language]):
        assert rank_topics(title, text, code) == []
        assert rank_topics("", text, code) == []
        assert topics_note(title, text, code, []).startswith("no topics: ")
        assert topic_weights(title, text, "sport", code) == []


@pytest.mark.parametrize("language", [name for name in OTHER_LANGUAGES if CODES[name] in languages_with_model()])
def test_a_budget_in_parliament_is_politics_or_economy_in_every_language_that_has_a_model(language: str) -> None:
    title, text = OTHER_LANGUAGES[language]
    first = rank_topics(title, text, CODES[language])[0]
    assert first.slug in {"politics", "economy"}
    assert topics_note(title, text, CODES[language], [first]) == ""


def test_the_record_of_an_article_whose_language_has_no_model_says_so() -> None:
    assert topics_note("Talousarvio", "Hallitus esitteli talousarvion.", "fi", []) == (
        "no topics: there is no model for the language fi"
    )
    assert topics_note("", "1234", "en", []) == "no topics: no words stand out"
    assert topics_note("", "1234", "", []) == "no topics: the language is unknown or has no model"


def test_the_language_of_the_record_decides_and_its_region_does_not_matter() -> None:
    assert rank_topics("Strike", STRIKE, "fi") == []
    assert rank_topics("Strike", STRIKE, "en-GB") == rank_topics("Strike", STRIKE, "en")


IN_THEIR_LANGUAGE = {
    "de": (
        "Landtagswahl: Grüne legen zu",
        "Bei der Landtagswahl haben die Grünen deutlich zugelegt.",
        "politics",
        "Landtagswahl",
    ),
    "es": (
        "El delantero marca dos goles",
        "El delantero marcó dos goles en la victoria de su equipo en la liga.",
        "sport",
        "goles",
    ),
    "fr": (
        "Grève des cheminots",
        "Les syndicats appellent à la grève pour une hausse des salaires.",
        "labour",
        "Grève",
    ),
    "ja": ("震度6弱の地震", "午前に震度6弱の地震があり、津波注意報が出た。", "disaster", "地震"),
    "zh-TW": ("央行調降利率", "央行宣布調降利率，股市隨之上漲，匯率回穩。", "economy", "股市"),
    "zh": ("央行下调利率", "央行宣布下调利率，股市随之上涨。", "economy", "央行"),
}


@pytest.mark.parametrize("language", IN_THEIR_LANGUAGE)
def test_terms_are_words_of_the_text_in_its_own_language(language: str) -> None:
    title, text, topic, word = IN_THEIR_LANGUAGE[language]
    first = rank_topics(title, text, language)[0]
    assert first.slug == topic
    assert word in first.evidence
    assert all(term in f"{title}\n{text}" for term in first.evidence)
    weights = topic_weights(title, text, topic, language)
    assert [term for term, _ in weights] == first.evidence
    assert all(weight > 0 for _, weight in weights)


def test_words_fold_by_the_habits_of_their_language() -> None:
    assert fold_word("l'économie", "fr") == "economie"
    assert fold_word("dell’anno", "it") == "anno"
    assert fold_word("Ankara'da", "tr") == "ankara"
    assert fold_word("والحكومة", "ar") == fold_word("الحكومة", "ar") == fold_word("حكومة", "ar")
    assert fold_word("Ärzte", "de") == "arzte"


def test_vowel_signs_do_not_cut_hindi_words() -> None:
    assert read_terms("", "सरकार ने बजट पेश किया।", "hi").words[2] == fold_word("बजट", "hi")
    assert len(read_terms("", "क्रिकेट", "hi").words) == 1


def test_the_beginnings_of_a_word_carry_it_over_to_its_other_endings() -> None:
    assert word_prefixes("gemeinderat", (5, 7)) == ("gemei*", "gemeind*")
    assert word_prefixes("wahlen", (5, 7)) == ("wahle*",)
    one, other = (read_terms("", word, "pl").weights for word in ("wyborów", "wyborcze"))
    assert "wybor*" in one.keys() & other.keys()


def test_chinese_terms_are_neighbouring_characters_and_japanese_ones_stop_at_kana() -> None:
    assert eastern_terms_of_run("央行降", "zh") == ["央行", "行降", "央行降", "央", "行", "降"]
    assert eastern_terms_of_run("地震", "ja") == ["地震"]
    assert eastern_terms_of_run("ニュース", "ja") == ["ニュース"]
    assert "地震津波" not in read_terms("", "地震の津波", "ja").weights


@pytest.mark.parametrize(("title", "text"), [("", ""), ("1234 5678", "…"), ("\x00", "\ud83d"), ("xqzv", "")])
def test_what_says_nothing_gets_no_topic(title: str, text: str) -> None:
    assert rank_topics(title, text) == []


def test_foreign_names_in_an_english_text_do_not_make_it_foreign() -> None:
    text = "The Partido de los Trabajadores and La Liga del Sur said they would vote against the bill in parliament on Thursday."
    assert rank_topics("Partido de los Trabajadores to oppose bill", text)[0].slug == "politics"


@pytest.mark.parametrize(
    ("scores", "applying"),
    [
        ((0.6, 0.3, 0.05), 2),
        ((0.5, 0.25, 0.2), 3),
        ((0.9, 0.06, 0.02), 2),
        ((0.8, 0.08, 0.07), 1),
        ((0.94, 0.04, 0.01), 1),
        ((0.9, 0.1), 2),
        ((1.0,), 1),
    ],
)
def test_the_first_topic_applies_and_others_that_are_likely_too_or_stand_out(
    scores: tuple[float, ...], applying: int
) -> None:
    ranked = [
        TopicScore(slug=slug, score=score) for slug, score in zip(("crime", "economy", "sport"), scores, strict=False)
    ]
    assert applicable_topics(ranked) == ranked[:applying]


def test_no_topic_applies_where_all_is_guesswork() -> None:
    assert applicable_topics([TopicScore(slug=slug, score=0.06) for slug in ("crime", "sport")]) == []
    assert applicable_topics([]) == []


def test_words_fold_to_one_form() -> None:
    assert {fold(word) for word in ("Nurses", "nurse's", "nurses’", "NURSE")} == {"nurse"}
    assert fold("São") == "sao"
    assert fold("parties") == "party"
    assert fold("congress") == "congress"


def test_the_headline_counts_more_than_the_lead_and_the_lead_more_than_the_tail() -> None:
    weights = read_terms("strike", "ferry " + "and " * 400 + "harbour").weights
    assert weights["strike"] > weights["ferry"] > weights["harbour"] > 0


def test_all_models_together_stay_small() -> None:
    sizes = {language: model_file(language).stat().st_size for language in languages_with_model()}
    assert sizes["en"] < 1_000_000
    assert max(size for language, size in sizes.items() if language != "en") < 250_000
    assert sum(sizes.values()) < 3_600_000


@pytest.mark.parametrize("language", sorted(languages_with_model()))
def test_adding_all_topics_at_once_gives_what_adding_one_by_one_does(language: str) -> None:
    model = load_model(language)
    terms = dict.fromkeys(list(model.columns)[::50], 1.0)
    present = model.present(terms)
    logits = [bias + sum(model.pulls(topic, present)) for topic, bias in enumerate(model.biases)]
    heat = temperature_of(model.temperatures, len(present.terms))
    assert model.probabilities(present) == pytest.approx(doubt(softmax(logits, heat)), abs=0.002)
