"""How the words of a text are parted and counted, whatever its characters."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline_enrichment.counts import FEW_SIGNS, token_line, tokens, words

_TEXT = st.text(
    st.sampled_from("ab Zé\u00a0\u2009\u3000\t\n\x1c-–—'’“”…_1½İΣßЖя漢かไ한ا\u0301कि\u200d\U0001f600\U00010400")
    | st.characters(codec="utf-8"),
    max_size=60,
)
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")


@given(_TEXT)
def test_tokens_are_the_runs_of_word_characters_in_small_letters(text: str) -> None:
    """What Unicode counts to words makes tokens, marks on letters included, and every other character parts them."""
    parted = "".join(char if _in_word(char) else " " for char in text.lower())
    assert [token.decode() for token in tokens(text)] == parted.split()


def _in_word(char: str) -> bool:
    return char == "_" or char.isalnum() or unicodedata.category(char) in ("Mn", "Mc")


def test_vowel_signs_belong_to_their_word() -> None:
    """Indic scripts write vowels as marks: a word with them is one word."""
    assert tokens("किसानों की रैली") == ["किसानों".encode(), "की".encode(), "रैली".encode()]


@given(_TEXT)
def test_a_line_of_tokens_has_one_space_before_and_after_each(text: str) -> None:
    """So a word, or several that follow one another, can be looked for as bytes with a space on either side."""
    assert token_line(text) == b" " + b"".join(b"%b " % token for token in tokens(text))


def test_many_different_signs_part_words_as_few_do() -> None:
    """Every arrow of the Arrows block parts two words."""
    arrows = [chr(0x2190 + at) for at in range(4 * FEW_SIGNS)]
    assert tokens("x".join(arrows)) == [b"x"] * (len(arrows) - 1)


@given(_TEXT.filter(lambda text: not _UNSPACED.search(text)))
def test_a_word_is_what_stands_between_spaces_and_is_no_dash(text: str) -> None:
    """Every kind of space parts words; a dash with spaces around it is none."""
    dashes = sum(text.count(f" {dash} ") for dash in "-–—")
    assert words(text) == max(0, len(text.split()) - dashes)


@pytest.mark.parametrize(("text", "count"), [("", 0), ("   ", 0), ("一二三四", 2), ("東京 2 日", 3), ("ท่าเรือเปิด 2", 4)])
def test_unspaced_scripts_count_by_the_character(text: str, count: int) -> None:
    """Two characters of East Asia are a word, five letters of Thai, beside the words in other scripts."""
    assert words(text) == count
