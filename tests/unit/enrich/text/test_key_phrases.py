from functions.enrich.text.key_phrases import MAX_PHRASES, key_phrases

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
    text = " ".join(f"alpha{i % 30} beta{i % 30}." for i in range(200)).translate(
        str.maketrans("0123456789", "abcdefghij")
    )
    assert len(key_phrases("", text)) <= MAX_PHRASES
    assert key_phrases("", text) == key_phrases("", text)


def test_german_small_words_are_known() -> None:
    phrases = key_phrases(
        "", "Der Windpark wächst. Der Windpark ist und bleibt groß. Und der Hafen? Der Hafen auch.", "de"
    )
    assert set(phrases) == {"Windpark", "Hafen"}


def test_a_language_whose_small_words_are_not_known_gets_no_phrases() -> None:
    assert key_phrases("", "今天下雨了。今天下雨了。", "zh") == []


def test_a_headline_that_the_text_does_not_come_back_to_gives_no_phrase() -> None:
    assert not [phrase for phrase in key_phrases("Council weighs oyster levy", TEXT) if "oyster" in phrase]


def test_phrases_that_share_most_of_their_words_are_listed_once() -> None:
    phrases = key_phrases("", "Grey seal pups starve. Grey seal pups starve again: grey seal pups, seal pups starve.")
    words = [set(phrase.lower().split()) for phrase in phrases]
    assert not [a for n, a in enumerate(words) for b in words[:n] if 2 * len(a & b) > min(len(a), len(b))]


def test_an_article_stuck_to_its_noun_is_no_part_of_it() -> None:
    text = "L’orgue joue. Personne n’était là. L’orgue se tait, et personne n’était venu."
    assert key_phrases("", text, "fr") == ["orgue"]


def test_benches_are_a_bench() -> None:
    assert [
        phrase.lower() for phrase in key_phrases("", "Benches stood outside. The bench broke. Benches, a bench.")
    ] == ["benches"]
