"""Broken messages of every format keep the rules of reading: the short form of ``make fuzz``."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from random import Random, SystemRandom

import pytest
from examples import tries
from fuzz.minimise import minimised
from fuzz.mutate import mutant
from fuzz.seeds import seeds
from fuzz.working import Found, hunt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mangled import read_or_refused
from msgspec import json

from dateline_ingest.formats.values.words import listed

SEED = 20260301
NEW_SEED = int(os.environ.get("DATELINE_FUZZ_SEED", SystemRandom().randrange(1 << 31)))
INPUTS = 3500


@pytest.mark.parametrize(
    "seed", [pytest.param(SEED, id="known"), pytest.param(NEW_SEED, id="new", marks=pytest.mark.slow)]
)
def test_broken_messages_keep_the_rules(seed: int) -> None:
    """Some thousand inputs, of one seed that is always the same; in the long run of a new one, too."""
    found = [one for _, one in hunt(seed, INPUTS, workers=1) if one is not None]
    assert not found, "\n".join([f"DATELINE_FUZZ_SEED={seed}", *map(_line, found)])


def _line(one: Found) -> str:
    return f"input {one.number}: {one.fault.rule}: {one.fault.what}"


def test_the_same_seed_breaks_messages_the_same_way() -> None:
    """What one run found, another can look at."""
    sources = seeds()
    assert [mutant(sources, 7, number) for number in range(50)] == [mutant(sources, 7, number) for number in range(50)]


def test_a_small_input_is_found_in_a_large_one() -> None:
    """Minimising keeps what breaks the rule and little else."""
    dice = Random(1)
    large = bytes(dice.randrange(97, 123) for _ in range(5000)) + b"!!" + b"x" * 3000
    assert minimised(large, lambda data: b"!!" in data) == b"!!"


TAGS = st.sampled_from(listed("p div b table tr td ul li h1 a body newsItem itemMeta nitf NewsItem item entry"))
WORDS = st.text(st.characters(codec="utf-8"), max_size=30)


@st.composite
def markup(draw: st.DrawFn, depth: int = 4) -> str:
    """Elements within one another, some of which are not closed."""
    tag, text = draw(TAGS), draw(WORDS)
    inner = "".join(draw(st.lists(markup(depth - 1), max_size=3))) if depth else ""
    closing = draw(st.sampled_from((f"</{tag}>", "", "</x>")))
    return f'<{tag} class="{text}" qcode="{text}">{text}{inner}{closing}'


MEMBERS = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | WORDS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(listed("uri headline body_html associations subject name data item version altids")),
            inner,
            max_size=5,
        )
    ),
    max_leaves=25,
)


@settings(max_examples=tries(300), deadline=None, suppress_health_check=list(HealthCheck))
@given(markup())
def test_markup_of_any_shape_is_read_or_refused(text: str) -> None:
    """Whatever its elements are called and however they lie."""
    read_or_refused(text.encode())
    read_or_refused(f"<html><body>{text}".encode())


@settings(max_examples=tries(300), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.dictionaries(st.sampled_from(("uri", "type", "data", "items", "version", "body_html", "subject")), MEMBERS))
def test_json_of_any_shape_is_read_or_refused(members: dict[str, object]) -> None:
    """Whatever its members hold."""
    read_or_refused(json.encode({"uri": "urn:x:1", **members}))


@settings(max_examples=tries(300), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=400))
def test_bytes_of_any_kind_are_read_or_refused(data: bytes) -> None:
    """Also after the signs with which the old wire formats begin."""
    read_or_refused(data)
    read_or_refused(b"\x16\x16\x01" + data)


@pytest.fixture(autouse=True)
def no_hang() -> Iterator[None]:
    """A test here that takes a minute of processor time is ended by the system, with a trace."""
    signal.setitimer(signal.ITIMER_PROF, 60)
    yield
    signal.setitimer(signal.ITIMER_PROF, 0)
