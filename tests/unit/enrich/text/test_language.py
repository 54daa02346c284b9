import pytest

from functions.enrich.text.language import detect_language, function_words

SENTENCES = {
    "en": "The council will decide on the new bridge when it meets in the town hall on Thursday.",
    "de": "Der Rat wird über die neue Brücke entscheiden, wenn er sich am Donnerstag im Rathaus trifft.",
    "es": "El ayuntamiento decidirá sobre el nuevo puente cuando se reúna el jueves en la casa consistorial.",
    "fr": "Le conseil se prononcera sur le nouveau pont quand il se réunira jeudi à la mairie.",
    "it": "Il consiglio deciderà sul nuovo ponte quando si riunirà giovedì nella sala del municipio.",
    "nl": "De raad beslist over de nieuwe brug als hij donderdag in het stadhuis bij elkaar komt.",
    "pl": "Rada zdecyduje o nowym moście, gdy zbierze się w czwartek w ratuszu, ale nie wszyscy są za.",
    "pt": "A câmara vai decidir sobre a nova ponte quando se reunir na quinta-feira, mas não há acordo.",
    "ru": "Совет примет решение о новом мосте, когда соберется в четверг в ратуше, но не все согласны.",
    "ja": "市議会は木曜日に市役所で新しい橋について決定する。",
    "zh": "市议会将于周四在市政厅就新桥作出决定。",
    "ko": "시의회는 목요일 시청에서 새 다리에 대해 결정한다.",
    "th": "สภาเมืองจะตัดสินใจเรื่องสะพานใหม่ในวันพฤหัสบดี",
}


@pytest.mark.parametrize("language", SENTENCES)
def test_a_sentence_tells_its_language(language: str) -> None:
    assert detect_language(SENTENCES[language]) == language


@pytest.mark.parametrize("text", ["", "12 345", "Voltaris Kraszna Onderhoek", "…"])
def test_nothing_is_told_where_no_small_word_stands(text: str) -> None:
    assert detect_language(text) == ""


def test_one_small_word_alone_does_not_tell() -> None:
    assert detect_language("Blaze guts care home") == ""


def test_a_few_names_in_other_letters_do_not_change_the_language() -> None:
    assert detect_language(f"{SENTENCES['en']} The sign says 東京 and {SENTENCES['en']}") == "en"


def test_small_words_of_an_unknown_language_are_none() -> None:
    assert function_words("xx") == frozenset()
    assert "und" in function_words("de")
