"""Shapes that cannot match in a text are not tried on it, and nothing that they would have found is lost."""

from __future__ import annotations

import re
import string
from itertools import product

import pytest
from attribution_eval.cases import cases, story_of
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dateline_attribution.guards import behind_look, first_of, guarded
from dateline_attribution.mentions import finder_of, mask
from dateline_attribution.parsedshapes import parsed
from dateline_attribution.sieve import Drawers, Sieve
from dateline_attribution.tableset import package_tables
from dateline_attribution.texts import pieces
from dateline_attribution.triggers import blind, triggers


def test_a_shape_matches_only_where_its_conditions_hold() -> None:
    """Whatever a rule matches in our own cases, the sieve lets through."""
    tables = package_tables()
    matched = 0
    for case in cases():
        parts = pieces(story_of(case))
        found = finder_of(tables.book).find([part.text for part in parts])
        for index, mentions in found.items():
            masked = mask(parts[index].text, mentions)
            held = tables.rules.sieve.held(masked)
            for rule in tables.rules.rules:
                if rule.pattern.search(masked):
                    matched += 1
                    assert rule.needs & held == rule.needs, (rule.row.id, masked)
    assert matched > 500


def test_a_text_without_any_of_the_words_is_kept_back() -> None:
    """A shape of two words needs one of them."""
    shape = re.compile("(?:told|according to) (?P<a>\ue000)")
    sieve = Sieve([triggers(shape)])
    needs = sieve.needs(triggers(shape))
    assert needs
    assert sieve.held("he told \ue000") & needs == needs
    assert sieve.held("seen by \ue000") & needs != needs


def test_most_texts_are_spared_the_wordings_of_treatments() -> None:
    """Each wording needs some letters besides a mention: one that does not has all of them tried on every text."""
    rules = package_tables().rules

    assert not rules.may_be_treated("\n".join(("Harbour reopens", "The ferry waits at the pier.")))


def test_case_is_left_out_of_account() -> None:
    """A shape that ignores case has conditions too, and a text fulfils them in any case."""
    shape = re.compile("(?i:told|according to|quoting) (?P<a>\ue000)")
    sieve = Sieve([triggers(shape)])
    needs = sieve.needs(triggers(shape))
    assert needs
    for text in ("He TOLD \ue000", "According To \ue000", "QUOT\u0130NG \ue000", "quot\u0131ng \ue000"):
        assert shape.search(text)
        assert sieve.held(text) & needs == needs
    assert sieve.held("seen by \ue000") & needs != needs


def test_what_is_one_character_without_case_is_one_to_the_sieve() -> None:
    """For every pair of characters that a shape which ignores case takes for the same."""
    cased = [char for char in map(chr, range(0x20000)) if char.lower() != char or char.upper() != char]
    everything = "".join(cased)
    assert len(cased) > 2_500
    for char in cased:
        for other in re.findall(re.escape(char), everything, re.IGNORECASE):
            assert blind(other) == blind(char), (char, other)


def test_a_guard_lets_through_whatever_is_the_same_letter_without_case() -> None:
    """A shape that ignores case is guarded by every character that it takes for its first one."""
    cased = "".join(char for char in map(chr, range(0x20000)) if char.lower() != char or char.upper() != char)
    tried = 0
    for letter in string.ascii_letters:
        shape = f"(?i:{letter}aa|{letter}dd|1a|2b|3c|4d)"
        assert guarded(shape) != shape
        for other in re.findall(letter, cased, re.IGNORECASE):
            tried += 1
            assert re.fullmatch(guarded(shape), f"{other}dd")
    assert tried > 2 * len(string.ascii_letters)
    assert guarded("(?i:\u00e9aa|b|c|d|e)") == "(?i:\u00e9aa|b|c|d|e)"


def test_a_guard_leaves_what_a_shape_matches() -> None:
    """A guarded shape, left out as a whole or not, matches what it matched."""
    shape = "(?:Photo|Foto|Bild|[Ii]mage|\\s?/)"
    assert guarded(shape) != shape
    for text in ("a Photo", "Bild x", "image", " /", "none"):
        assert re.findall(shape, text) == re.findall(guarded(shape), text)
        assert re.findall(f"{shape}?x", text) == re.findall(f"{guarded(shape)}?x", text)


_LEAVES = st.sampled_from(
    ("a", "b", "P", "é", " ", r"\.", "[ab]", "[a-cé]", r"[\sP]", r"\w", "[^a]", ".", "^", r"(?<!a)", "(?=b)")
)
_SHAPES = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.lists(inner, min_size=2, max_size=4).map(lambda some: f"(?:{'|'.join(some)})"),
        st.tuples(inner, st.sampled_from(("?", "*", "+", "{2}", "{0,2}", "{3}", "{1,2}?"))).map(
            lambda it: f"(?:{it[0]}){it[1]}"
        ),
        inner.map(lambda one: f"(?i:{one})"),
    ),
    max_leaves=8,
)


@given(_SHAPES, st.text(st.sampled_from("abcpPéÉ .k\n"), max_size=12))
def test_a_look_ahead_changes_nothing_of_what_a_shape_matches(shape: str, text: str) -> None:
    """Whatever the shape begins with: nothing, one character alone, two and more, the start of a text or line."""
    parts = parsed(shape)
    assert parts is not None
    looked = behind_look(shape, replace(first_of(parts), ways=9))
    for (before, behind), flags in product((("", ""), ("b(?:", ")?c"), ("(?:", "\n?){2}")), (0, re.MULTILINE)):
        plain = re.compile(f"{before}{shape}{behind}", flags)
        quick = re.compile(f"{before}{looked}{behind}", flags)
        assert [one.span() for one in quick.finditer(text)] == [one.span() for one in plain.finditer(text)]


@pytest.mark.parametrize(
    ("shape", "look"),
    [
        ("Photo|Foto|Bild|bild", "(?=[BFPb][hio])"),
        ("Photo|Foto|Bild|b", "(?=[BFPb])"),
        ("^.*:|Photo|Foto|Bild", "(?:(?=[BFP][hio])|^)"),
        ("Photo|Foto|Bild", ""),
        ("Photo|Foto|Bild|", ""),
        ("Photo|Foto|Bild|.", ""),
        ("a(?:Photo|Foto|Bild|bild)", ""),
    ],
)
def test_a_shape_is_put_behind_a_look_at_what_all_its_ways_have(shape: str, look: str) -> None:
    """At one character where one is all that it may be, at none where it may be any; where few ways are tried, it costs
    more than it saves.
    """
    seen = behind_look(shape, first_of(parsed(shape) or ()))
    told = re.sub(r"\\U([0-9a-f]{8})", lambda code: chr(int(code[1], 16)), seen)
    assert told == (f"(?:{look}(?:{shape}))" if look else shape)


@given(
    st.lists(st.tuples(st.sampled_from((0, 1, 2, 4, 8)), st.integers(0, 15)), max_size=20),
    st.integers(0, 15),
)
def test_drawers_give_all_things_whose_needs_are_held(laid: list[tuple[int, int]], held: int) -> None:
    """In their order, whichever condition they lie under: a thing needs the one that it lies under."""
    things = [(key, needs | key, nth) for nth, (key, needs) in enumerate(laid)]
    expected = [nth for _, needs, nth in things if needs & held == needs]
    assert Drawers(things).possible(held) == expected
