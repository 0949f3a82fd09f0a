"""Shapes that cannot match in a text are not tried on it, and nothing that they would have found is lost."""

from __future__ import annotations

import re

from attribution_eval.cases import cases, story_of

from dateline_attribution.guards import guarded
from dateline_attribution.mentions import finder_of, mask
from dateline_attribution.sieve import Sieve
from dateline_attribution.tableset import package_tables
from dateline_attribution.texts import pieces


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
    sieve = Sieve([shape])
    needs = sieve.needs(shape)
    assert needs
    assert sieve.held("he told \ue000") & needs == needs
    assert sieve.held("seen by \ue000") & needs != needs


def test_a_guard_leaves_what_a_shape_matches() -> None:
    """A guarded shape, left out as a whole or not, matches what it matched."""
    shape = "(?:Photo|Foto|Bild|[Ii]mage|\\s?/)"
    assert guarded(shape) != shape
    for text in ("a Photo", "Bild x", "image", " /", "none"):
        assert re.findall(shape, text) == re.findall(guarded(shape), text)
        assert re.findall(f"{shape}?x", text) == re.findall(f"{guarded(shape)}?x", text)
