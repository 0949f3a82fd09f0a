"""Shapes that cannot match in a text are not tried on it, and nothing that they would have found is lost."""

from __future__ import annotations

import re
import string

from attribution_eval.cases import cases, story_of
from hypothesis import given
from hypothesis import strategies as st

from dateline_attribution.guards import guarded
from dateline_attribution.mentions import finder_of, mask
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
        shape = f"(?i:{letter}aa|{letter}bb|{letter}cc|{letter}dd|{letter}ee)"
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


@given(
    st.lists(st.tuples(st.sampled_from((0, 1, 2, 4, 8)), st.integers(0, 15)), max_size=20),
    st.integers(0, 15),
)
def test_drawers_give_all_things_whose_needs_are_held(laid: list[tuple[int, int]], held: int) -> None:
    """In their order, whichever condition they lie under: a thing needs the one that it lies under."""
    things = [(key, needs | key, nth) for nth, (key, needs) in enumerate(laid)]
    expected = [nth for _, needs, nth in things if needs & held == needs]
    assert Drawers(things).possible(held) == expected
