"""Questions that are asked of a whole text, or of a line once, leave out nothing that asking each time would find."""

from __future__ import annotations

import pytest
from examples import tries
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dateline_ingest.formats.textwire.embargo import may_hold, may_state
from dateline_ingest.formats.textwire.table import marks, may_open
from dateline_ingest.formats.values.words import codes_in, fold, fold_all, is_even, listed
from dateline_kernel.remembering import remembered_word

_LETTERS = "aZ9.-_'`“”’é–€дΩ"
_SPACES = " \t\r\xa0\x85\u2002\u2028\u3000"
_ODD = "\x00\x08\x0b\x10\x1c\x1e\x7f\x80\xad\u0301\u0338\u200b\ufeff\u212b\u1161漢\ud800"
_EVEN_TEXT = st.text(_LETTERS + "  \t\r", max_size=30)
_ANY_TEXT = st.text(_LETTERS + _SPACES + _ODD, max_size=30)

_WORDS = listed("""
    embargo embargoed sous unter gesperrt sperrfrist hold for release not to be publication until before jusqu'à ne pas
    publier avant frei ab nicht veröffentlichen vor hasta no publicar antes non pubblicare prima não divulgar até onder
    niet publiceren tot voor kill mandatory bulletin notice killed corrections rectificatif berichtigung advisory
    editors note eds achtung eil flash urgent 2nd ld-writethru lead 1 update 3 add take fin suite fortsetzung repeat
    refile wiederholung annule et remplace HOLD elimination
    river ferry 18:00 GMT 18h Uhr Tuesday 3 March : - -- ( ) ! . * +++ #
""")
_LINE = st.lists(st.sampled_from([*_WORDS, *(word.upper() for word in _WORDS)]), min_size=1, max_size=8).map(" ".join)


@settings(max_examples=tries(400), deadline=None)
@given(st.lists(_EVEN_TEXT, max_size=6), st.lists(_ANY_TEXT, max_size=3))
@example(["Ferry  stops", " noon\t"], [])
@example(["Ferry  stops"], ["cafe\u0301", "a\ud800b"])
def test_texts_are_folded_together_as_each_by_itself(even: list[str], odd: list[str]) -> None:
    """Whether there is something to repair in one of them or in none."""
    for texts in (even, [*even, *odd]):
        assert fold_all(texts) == [fold(text) for text in texts]


@settings(max_examples=tries(400), deadline=None)
@given(st.one_of(_EVEN_TEXT, _ANY_TEXT))
def test_in_an_even_text_nothing_but_space_is_folded(text: str) -> None:
    """So any piece of it may be taken as it is."""
    assert not is_even(text) or fold(text) == " ".join(text.split())


@pytest.mark.parametrize("text", ["Ferry stops", "Zürich: „Fähre“ – 3 €", "Река\tи море\r\n", ""])
def test_texts_of_europe_are_even(text: str) -> None:
    """They need no second look."""
    assert is_even(text)


@pytest.mark.parametrize("sign", _ODD.replace("漢", ""))
def test_a_sign_to_repair_makes_a_text_uneven(sign: str) -> None:
    """Control characters, invisible ones, and those that join with the letter before."""
    assert not is_even(f"Ferry{sign} stops")


def test_codes_of_a_text() -> None:
    """Control characters, each once, but for those of lines and tabulators."""
    assert codes_in("a\x1e\tb\x00\r\n\x1e\x7f") == "\x00\x1e\x7f"


@settings(max_examples=tries(600), deadline=None)
@given(_LINE)
@example("Sperrfrist: Dienstag 18 Uhr")
@example("The report is not for publication before Tuesday")
@example("n'est pas à publier : ne pas diffuser avant 18h")
def test_no_embargo_is_passed_over(line: str) -> None:
    """Where a pattern of an embargo fits a line, the line is one that is looked at."""
    table = marks()
    opened = any(opening.match(line) for opening, _ in table.embargo.opens.values())
    within = any(pattern.search(line) for _, pattern in table.embargo.opens.values())
    assert may_hold(line) or not (opened or within)
    assert may_state(line) or not within


@settings(max_examples=tries(600), deadline=None)
@given(_LINE)
@example("(KILL)")
@example("Achtung: Eil")
@example("Eds: CORRECTS spelling of name")
def test_no_mark_is_passed_over(line: str) -> None:
    """Where a line begins with a mark, a note or an embargo, it is one that is looked at."""
    table = marks()
    said = any(
        kind.whole.fullmatch(line) or kind.opens.begins(line) or kind.news.begins(line) or kind.said.begins(line)
        for kind in table.kinds
    )
    said = said or table.note.begins(line) is not None or table.goes_on.fullmatch(line) is not None
    said = said or any(opening.match(line) for opening, _ in table.embargo.opens.values())
    assert may_open(line) or not said


def test_the_lines_of_these_tests_say_something() -> None:
    """Each kind of question is answered yes by some of the words that the lines above are made of."""
    table = marks()
    assert all(any(kind.whole.fullmatch(word) for word in _WORDS) for kind in table.kinds)
    assert any(may_hold(word) for word in _WORDS)


def test_a_line_is_asked_once() -> None:
    """A long one each time, so that no message fills the memory; and not for ever."""
    asked: list[str] = []

    @remembered_word
    def length(text: str) -> int:
        asked.append(text)
        return len(text)

    assert [length("river"), length("river"), length("r" * 201), length("r" * 201)] == [5, 5, 201, 201]
    assert asked == ["river", "r" * 201, "r" * 201]
    for number in range(5000):
        length(str(number))
    length("river")
    assert asked.count("river") == 2
