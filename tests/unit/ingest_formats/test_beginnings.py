"""What patterns can begin with, and the choice among many patterns by it: nothing is missed that the patterns match."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from functools import lru_cache
from importlib.resources import files

import pytest
from examples import tries
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dateline_ingest.beginnings import Choice, Guarded, begun, keys_of
from dateline_kernel.beginnings import beginnings

ROWS = (
    "kills?",
    "(?:river|rain) (?:rises|falls)",
    r"(\d{1,2})(?:st|nd) lead",
    r"\(achtung\)",
    "[ée]t[ée]",
    "l.eau",
    "-?30-?",
)
LINES = ("kills", "Kills it", "RİVER RISES", "River falls", "2nd lead", "(achtung)", "ÉTÉ", "été", "l'eau", "-30-")


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("kill", {"kil"}),
        ("(?:river|Rain)s?", {"riv", "rai"}),
        ("(?-i:KILL)", {"kil"}),
        ("(?:old )?news", {"old", "new"}),
        ("[ae]b", {"ab", "eb"}),
        ("[^a]b", {""}),
        ("a.b", {"a"}),
        ("a", {"a"}),
        (r"\(x", {"(x"}),
        (r"(?=.{3})(?!no)\byes", {"yes"}),
        ("a*b", {"a", "ab", "b"}),
        (".*", {""}),
        ("a?b", {"ab", "b"}),
        ("a{0,2}b", {"a", "ab", "b"}),
        (r"\w?b", {"", "b"}),
    ],
)
def test_three_letters_of_all_that_a_pattern_matches(pattern: str, expected: set[str]) -> None:
    """Options, groups, classes and quantifiers are followed; one letter or none where anything may come."""
    assert beginnings(pattern) == expected


@pytest.mark.parametrize(
    "pattern",
    [r"\wb", r"\s?x", r"\d+k", r"\.a", "[a-c]x", r"[\d]x", "[+-]?a", "(?:a|bc)?d{0,2}e", "(?:ab?|c)+d", "x?y?z?w"],
)
@settings(max_examples=30)
@given(data=st.data())
def test_no_text_that_a_pattern_matches_begins_otherwise(pattern: str, data: st.DataObject) -> None:
    """Rather too many beginnings than too few: what is not tried on a line is not found there."""
    text = data.draw(st.from_regex(re.compile(pattern, re.ASCII), fullmatch=True))
    assert any(text.lower().startswith(one) for one in beginnings(pattern))


def test_the_earlier_row_counts() -> None:
    """As in a pattern of alternatives, and with what must follow."""
    assert Choice(("a b", "a b c")).match("A b c")[1] == "A b"  # type: ignore[index]
    assert Choice(("a b", "a b c"), after=r"$").match("A b c")[1] == "A b c"  # type: ignore[index]


def test_signs_before_a_row() -> None:
    """Brackets, stars and dashes may stand before it, and a row may begin with one."""
    choice = Choice(ROWS)
    for text in ("+++ river falls", "(kill)", "((Achtung)", "- 2nd lead", "river rises"):
        assert choice.begins(text)
    assert not choice.begins("a river rises")


def test_every_place_within_a_text() -> None:
    """Rows are found where a word begins, and do not overlap."""
    assert [found[0] for found in Choice(ROWS).within("No kill, rain falls; overkill; (Achtung)")] == [
        "kill",
        "rain falls",
        "(Achtung)",
    ]


@pytest.mark.parametrize("name", ["whole", "starts", "cuts", "others", "related"])
def test_lines_around_a_story_are_told_by_their_beginnings(name: str) -> None:
    """The rows of the table, as text, match the same in one pattern as by their beginnings."""
    rows = tomllib.loads(files("dateline_ingest.tables").joinpath("boilerplate.toml").read_text("utf-8"))[name]
    whole, sifted = re.compile("|".join(f"(?:{row})" for row in rows), re.IGNORECASE), Choice(rows)
    for row in rows:
        text = re.sub(r"\\[sb]\*?|[()?$]", " ", row).strip()
        for line in (text, text.upper(), text.replace("i", "İ"), text.partition(" ")[0], f"{text}:", f"{text} x"):
            found, expected = sifted.match(line), whole.match(line)
            assert (found and found[0]) == (expected and expected[0])
            assert sifted.fullmatch(line) == (whole.fullmatch(line) is not None)


def test_letters_that_a_pattern_takes_for_the_same_begin_alike() -> None:
    """Turkish capitals, long s and the Greek sigma of a word's end included: what is not tried is not found."""
    for letter in filter(str.isalpha, map(chr, range(0x1C80))):
        for other in {letter.upper(), letter.lower(), letter.upper().lower()}:
            if len(other) == 1 and re.fullmatch(re.escape(letter), other, re.IGNORECASE):
                assert begun(letter) == begun(other)


@settings(max_examples=tries(300), deadline=None)
@given(st.one_of(st.text("kilrveanfs 0123dt()-étLXİıſ\u212a.", max_size=14), st.sampled_from(LINES)))
@example("Kİll")
@example("K\u0131ll")
def test_a_choice_is_the_alternatives(text: str) -> None:
    """It matches what the rows match in any script, no more and no less."""
    whole = re.compile("|".join(f"(?:{row})" for row in ROWS), re.IGNORECASE)
    found, expected = Choice(ROWS).match(text), whole.match(text)
    assert (found and found[0]) == (expected and expected[0])
    assert Choice(ROWS).fullmatch(text) == (whole.fullmatch(text) is not None)
    guarded = Guarded(whole.pattern, ROWS).fullmatch(text)
    assert (guarded is not None) == (whole.fullmatch(text) is not None)


@settings(max_examples=tries(300), deadline=None)
@given(st.text("kilrveanfs 0123dt()-étLXİıſ.", max_size=30))
def test_within_looks_at_every_place_that_counts(text: str) -> None:
    """A row is found within a text if it matches at a letter or sign that does not go on with a word."""
    whole = re.compile("|".join(f"(?:{row})" for row in ROWS), re.IGNORECASE)
    expected = any(whole.match(text, place.start()) for place in re.finditer(r"(?<!\w)\S", text))
    assert (next(Choice(ROWS).within(text), None) is not None) == expected


@settings(max_examples=tries(300), deadline=None)
@given(st.text("kil(ach+-.) ", max_size=12))
def test_a_text_has_the_key_of_each_row_that_opens_it(text: str) -> None:
    """Whatever signs stand before the row, one of the text's keys is a beginning of it."""
    choice = Choice(ROWS)
    if choice.begins(text):
        assert not choice.starts.isdisjoint(keys_of(text))


def _rows(value: object) -> list[str]:
    """All rows but those that stand behind an address, which begins them, or around what a kill quotes."""
    if isinstance(value, dict):
        return [row for name, inner in value.items() if name not in ("addressed", "instead") for row in _rows(inner)]
    return [str(row) for row in value] if isinstance(value, list) else []


def _marks() -> list[str]:
    table = tomllib.loads(files("dateline_ingest.tables").joinpath("textwire.toml").read_text(encoding="utf-8"))
    return _rows(table)


def test_the_rows_of_the_table_begin_with_few_letters() -> None:
    """A row that could begin with anything would be tried on every line."""
    rows = _marks()
    assert len(rows) > 300
    assert not [row for row in rows if "" in beginnings(row)]


@lru_cache(maxsize=1)
def _sifted() -> tuple[Choice, re.Pattern[str]]:
    rows = tuple(re.sub(r"(?<!\\)\((?!\?)", "(?:", row) for row in _marks())
    return Choice(rows, after=r"(?!\w)"), re.compile(
        rf"({'|'.join(f'(?:{row})' for row in rows)})(?!\w)", re.IGNORECASE
    )


@settings(max_examples=tries(200), deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(("", " ", "'", "(", "„", "[", "- ", "x", "3 ", "\u200b")),
            st.sampled_from(_marks()).map(
                lambda row: re.sub(r"\(\?\S*[:=!]|\\.|[][()?|{}$*+]", " ", row).strip().split("  ")[0]
            ),
            st.sampled_from((str, str.upper, str.title, lambda text: text.replace("i", "İ"), str.swapcase)),
        ),
        min_size=1,
        max_size=3,
    )
)
def test_marks_within_a_text_are_those_of_all_rows(pieces: list[tuple[str, str, Callable[[str], str]]]) -> None:
    """Told by how the text begins at each place, whatever its case, what stands before it, and where it ends."""
    text = "".join(f"{before}{case(mark)}" for before, mark, case in pieces)
    choice, whole = _sifted()
    expected: list[str] = []
    end = 0
    for place in re.finditer(r"(?<!\w)\S", text):
        if place.start() >= end and (found := whole.match(text, place.start())):
            end = found.end()
            expected.append(found[0])
    assert [found[0] for found in choice.within(text)] == expected
