import re

import pytest

from functions.enrich.text.fingerprint import fingerprint, is_near_duplicate, similarity

TEXT = " ".join(f"word{i} of the story number {i * 7}" for i in range(60))


def test_a_fingerprint_is_short_hexadecimal() -> None:
    assert re.fullmatch(r"[0-9a-f]{6,384}", fingerprint(TEXT))


def test_case_accents_and_punctuation_do_not_change_it() -> None:
    assert fingerprint("Café au lait, s'il vous plaît!") == fingerprint("CAFE AU LAIT s'il vous plait")


def test_it_stays_the_same_from_release_to_release() -> None:
    assert fingerprint("The ferry sank off the coast") == "3d88305545f4eb0a22eb3424"


def test_a_copy_is_wholly_alike_and_an_unrelated_text_not_at_all() -> None:
    other = " ".join(f"quite another tale {i} with {i * 3} turns" for i in range(60))
    assert similarity(fingerprint(TEXT), fingerprint(TEXT)) == 1
    assert similarity(fingerprint(TEXT), fingerprint(other)) == 0


def test_likeness_works_both_ways() -> None:
    a, b = fingerprint(TEXT), fingerprint(TEXT[: len(TEXT) // 2])
    assert similarity(a, b) == similarity(b, a)


def test_a_text_cut_to_half_is_still_a_duplicate() -> None:
    assert is_near_duplicate(fingerprint(TEXT), fingerprint(TEXT[: len(TEXT) // 2]))


def test_a_sentence_out_of_a_long_text_is_no_duplicate_of_it() -> None:
    assert not is_near_duplicate(fingerprint(TEXT), fingerprint("word1 of the story number 7 word2 of the story"))


@pytest.mark.parametrize("text", ["", " \n", "…!"])
def test_a_text_without_words_has_no_fingerprint_and_is_like_nothing(text: str) -> None:
    assert not fingerprint(text)
    assert not is_near_duplicate(fingerprint(text), fingerprint(text))


def test_chinese_copies_are_known_too() -> None:
    text = "港口城市的渡轮将于五月停运，岛上居民计划上诉。市议会昨晚以九票对四票通过了这一决定，许多家庭表示担心孩子如何上学。"
    other = "国家队昨天在雨中以三比一战胜邻国，晋级决赛。教练赛后称赞年轻球员表现出色，球迷在广场上庆祝到深夜才离开。"
    assert is_near_duplicate(fingerprint(text), fingerprint(text.replace("昨晚", "昨天")))
    assert not is_near_duplicate(fingerprint(text), fingerprint(other))
