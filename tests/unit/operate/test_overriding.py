"""An editor's word about a credit: what it may say, and what follows from what it does not say."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from msgspec.structs import replace
from stories import attributed, guid, received

from dateline_operate.commands.credit import Options
from dateline_operate.console.failure import Failure
from dateline_operate.overriding import override
from dateline_schemas.credit import Credit, Treatment
from dateline_schemas.events import Event, Recorded

NOW = datetime(2026, 3, 26, tzinfo=UTC)


TRANSLATED = Treatment(
    does="translated", where="paragraphs[3]", text="Translated", rule="translated.en", confidence=0.9
)


def said(treatments: tuple[Treatment, ...] = (), **words: Any) -> Credit:
    """The credit that an editor's word makes of a story that the rules credit to AFP alone."""
    first = received(guid())
    found = attributed(first)
    events: tuple[Event, ...] = (first, replace(found, credit=replace(found.credit, treatments=treatments)))
    log = [Recorded(event, seq, NOW) for seq, event in enumerate(events, 1)]
    return override(log, Options(action="set", story=first.story_id, by="desk", reason="asked", **words)).credit


def test_what_an_editor_does_not_say_follows_from_the_agencies() -> None:
    """The role, each agency's share, and the line as the agencies print themselves."""
    credit = said(agencies="dpa, AFP")
    assert (credit.agencies, credit.role, credit.credit_line) == (("dpa", "AFP"), "among", "dpa/AFP")
    assert [share.role for share in credit.shares] == ["among", "among"]


def test_copy_of_nobody_has_no_line_but_the_editors_own() -> None:
    """The line of the agency that it is no longer credited to does not stay behind."""
    credit = said(agencies="")
    assert (credit.agencies, credit.role, credit.shares, credit.credit_line) == ((), "none", (), "")
    assert said(agencies="", line="Our own correspondent").credit_line == "Our own correspondent"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ({"agencies": "", "role": "sole"}, "copy of no agency cannot be sole"),
        ({"agencies": "", "role": "with"}, "copy of no agency cannot be with"),
        ({"agencies": "AFP,dpa", "role": "sole"}, "copy of AFP, dpa cannot be sole"),
        ({"agencies": "AFP", "role": "among"}, "copy of AFP cannot be among"),
        ({"role": "none"}, "copy of AFP cannot be none"),
        ({}, "say what the credit is"),
        ({"cited": "NONSUCH"}, "no agency has the id 'NONSUCH'"),
    ],
    ids=str,
)
def test_a_word_that_contradicts_itself_is_refused(words: dict[str, Any], says: str) -> None:
    """Outlets would print one thing, and sort by another."""
    with pytest.raises(Failure, match=says) as refused:
        said(**words)
    assert refused.value.code == 2


def test_what_the_text_says_of_a_translation_goes_with_the_agencies_it_was_said_of() -> None:
    """It stays where the editor leaves them as they are, and says nothing of others."""
    assert said((TRANSLATED,), cited="dpa").treatments == (TRANSLATED,)
    assert said((TRANSLATED,), agencies="dpa").treatments == ()


@pytest.mark.parametrize("agencies", ["dpa", "dpa,AFP"])
def test_our_own_copy_with_theirs_has_one_agency_or_several(agencies: str) -> None:
    """The line says so."""
    credit = said(agencies=agencies, role="with")
    assert credit.role == "with" and {share.role for share in credit.shares} == {"with"}
