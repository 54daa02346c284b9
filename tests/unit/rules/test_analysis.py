import pytest

from shared.rules.analysis import fold_plural, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Jong-un", "jong un"),
        ("Korea's army, Korea’s navy", "korea army korea navy"),
        ("the O’Brien house", "the o brien house"),
        ("the U.S. and the U.N.-led force", "the us and the un led force"),
        ("J.K. Rowling wrote it at 5 p.m.", "jk rowling wrote it at 5 pm"),
        ("The end of plan B. A new one", "the end of plan b a new one"),
        ("Straße, Élysée, São, Łódź, Ærø", "strasse elysee sao lodz aero"),
        ("IŞIK ışık İstanbul", "isik isik istanbul"),
        ("ёлка, Приём, за́мок, Її", "елка прием замок її"),
        ("الكُوَيْت أحمد إيران", "الكويت احمد ايران"),
        ("کتاب كتاب ١٢٣", "كتاب كتاب 123"),
        ("שָׁלוֹם", "שלום"),
        ("हिन्दी की", "हिन्दी की"),
        ("Αθήνα ΑΘΗΝΑΣ", "αθηνα αθηνασ"),
        ("Acme™ soft\u00adhyphen zero\u200bwidth CO₂ ＡＢＣ１", "acme softhyphen zerowidth co2 abc1"),
    ],
)
def test_case_accents_script_variants_and_marks_inside_words_fold(text: str, folded: str) -> None:
    assert words(text) == folded.split()


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("北朝鮮がミサイル", "北 朝 鮮 が ミ サ イ ル"),
        ("ｶﾞｽ", "ガ ス"),
        ("북한이", "북 한 이"),
        ("iPhone手机15", "iphone 手 机 15"),
        ("東京、大阪。", "東 京 大 阪"),
    ],
)
def test_scripts_without_spaces_are_read_by_character(text: str, folded: str) -> None:
    assert words(text) == folded.split()


@pytest.mark.parametrize(
    "pair",
    [
        "missile missiles", "company companies", "movie movies", "church churches", "headache headaches", "house houses",
        "case cases", "bus buses",
        "virus viruses", "hero heroes", "shoe shoes", "tax taxes", "size sizes", "class classes", "tie ties", "spy spies",
        "lens lenses", "gas gases",
        "photo photos", "nurse nurses", "hindu hindus", "houthi houthis", "refugee refugees", "axe axes", "toe toes",
        "monkey monkeys", "waltz waltzes",
    ],
)  # fmt: skip
def test_a_word_and_its_simple_plural_fold_alike(pair: str) -> None:
    one, many = pair.split()
    assert fold_plural(one) == fold_plural(many)


@pytest.mark.parametrize(
    "pair",
    [
        "news new", "us u", "goods good", "arms arm", "hamas hama", "mars mar", "marcos marco", "julie july", "marie mary",
        "williams william",
        "bus bu", "gas ga", "class clas", "series serie", "species specie", "less le",
    ],
)  # fmt: skip
def test_words_that_only_look_like_a_plural_stay_apart(pair: str) -> None:
    one, other = pair.split()
    assert fold_plural(one) != fold_plural(other)
