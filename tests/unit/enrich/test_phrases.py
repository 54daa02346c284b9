from functions.enrich.phrases import AT_MOST, key_phrases

TEXT = """The offshore wind farm near Brekke will double in size. The wind farm has forty turbines today.
Fishermen say the offshore wind farm drives away cod. Cod catches fell last year, and the fishermen want the turbines moved.
The minister said the wind farm would stay. Turbines and cod can share the sea, the minister added."""


def test_phrases_that_the_article_comes_back_to_come_first() -> None:
    phrases = key_phrases("Wind farm to grow", TEXT)
    assert "wind farm" in phrases[0]
    assert any("turbines" in phrase for phrase in phrases)


def test_plurals_and_possessives_count_as_one_phrase() -> None:
    phrases = key_phrases("", "The fisherman's boats. Fishing boats. A boat. The boat's engine.")
    assert phrases in (["boat"], ["boats"])


def test_small_words_never_begin_or_end_a_phrase() -> None:
    for phrase in key_phrases("Wind farm to grow", TEXT):
        assert not {"the", "of", "and", "said"} & {phrase.split()[0].lower(), phrase.split()[-1].lower()}


def test_no_phrase_lies_within_another() -> None:
    phrases = key_phrases("Wind farm to grow", TEXT)
    assert not [(a, b) for a in phrases for b in phrases if a != b and f" {a.lower()} " in f" {b.lower()} "]


def test_there_are_at_most_eight_and_always_the_same() -> None:
    text = " ".join(f"alpha{i % 30} beta{i % 30}." for i in range(200)).translate(str.maketrans("0123456789", "abcdefghij"))
    assert len(key_phrases("", text)) <= AT_MOST
    assert key_phrases("", text) == key_phrases("", text)


def test_german_small_words_are_known() -> None:
    phrases = key_phrases("", "Der Windpark wächst. Der Windpark ist und bleibt groß. Und der Hafen? Der Hafen auch.", "de")
    assert set(phrases) == {"Windpark", "Hafen"}


def test_a_language_whose_small_words_are_not_known_gets_no_phrases() -> None:
    assert key_phrases("", "今天下雨了。今天下雨了。", "zh") == []
