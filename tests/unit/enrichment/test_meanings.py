"""What is kept of a name's bearers only saves work: it never changes which place is meant."""

from __future__ import annotations

from functools import lru_cache

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline_enrichment import locating, senses
from dateline_enrichment.analyse import facts
from dateline_enrichment.bearers import Setting, best_fitting
from dateline_enrichment.gazetteer import WEAK, atlas
from dateline_enrichment.locating import LONGEST_JOINT, place_cues
from dateline_enrichment.meanings import Bearer, Meaning, Meanings, meanings
from dateline_enrichment.tables import TableError
from dateline_kernel.remembering import KEPT
from dateline_schemas.credit import Credit
from dateline_schemas.story import Story

COMMAS = "Talks moved from Paris, Texas, to London, Ontario, then to Geneva (New York) and Georgia, Congo and Victoria."
BARE = (
    "Paris Saint-Germain flew to Lagos and Berlin. In Geneva, Washington and Georgia they met. Mobile and Reading won."
)


class LongWay(Meanings):
    """The same meanings, with nothing settled beforehand."""

    def __missing__(self, name: int) -> Meaning:
        self[name] = msgspec.structs.replace(super().__missing__(name), likeliest=None, certain=False)
        return self[name]


@pytest.fixture
def the_long_way(monkeypatch: pytest.MonkeyPatch) -> LongWay:
    """Texts are read without what is settled beforehand."""
    meanings_ = LongWay(atlas())
    monkeypatch.setattr(senses, "meanings", lambda: meanings_)
    return meanings_


@pytest.mark.parametrize("language", ["en", "fr", "de"])
@pytest.mark.parametrize("text", [COMMAS, BARE, f"{BARE} {COMMAS}", f"French officials said so. {BARE}"])
def test_what_is_settled_beforehand_is_what_the_text_would_settle(
    text: str, language: str, the_long_way: LongWay, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Weighing each bearer against the whole text leads to the same places, as sure."""
    story = Story(guid="x", language=language, dateline="PARIS, March 4 -", paragraphs=(text,))
    weighed = facts(story, Credit()).places
    assert weighed and the_long_way
    monkeypatch.undo()
    assert facts(story, Credit()).places == weighed


@st.composite
def texts(draw: st.DrawFn, bearers: tuple[Bearer, ...]) -> Setting:
    """Any text, as far as it bears on these bearers."""
    countries = sorted({bearer.country for bearer in bearers})
    parts = sorted({bearer.subdivision for bearer in bearers})
    return Setting(
        text="",
        atlas=atlas(),
        countries=draw(st.dictionaries(st.sampled_from(countries), st.integers(1, 9))),
        subdivisions=draw(st.frozensets(st.sampled_from(parts))),
        home=draw(st.frozensets(st.sampled_from(countries))),
        dated=None,
    )


@lru_cache(maxsize=1)
def shared_with_a_likeliest() -> list[Meaning]:
    """The names of several bearers one of which is the likeliest in any text."""
    shared = [meanings()[name] for name, bearers in enumerate(atlas().bearers) if len(bearers) > 1]
    return [meaning for meaning in shared if meaning.likeliest]


@settings(deadline=None)
@given(st.data())
def test_the_likeliest_bearer_fits_best_in_any_text(data: st.DataObject) -> None:
    """No country, no subdivision and no language that a text names puts it behind another."""
    meaning = data.draw(st.sampled_from(shared_with_a_likeliest()))
    assert best_fitting(meaning.bearers, data.draw(texts(meaning.bearers))) == meaning.likeliest


def test_meanings_are_given_up_for_the_next_one() -> None:
    """A process that has met every name keeps no more of them than said."""
    known = Meanings(atlas())
    met = [name for name, bearers in enumerate(atlas().bearers) if bearers][: KEPT + 1]
    assert [known[name] for name in met] == [known[name] for name in met]
    assert len(known) <= KEPT


def test_a_joint_too_long_to_be_looked_for_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would never be found, so the table says so when it is loaded."""
    long = msgspec.structs.replace(place_cues(), joints=frozenset({"x" * (LONGEST_JOINT + 1)}))
    monkeypatch.setattr(locating, "typed_table", lambda *_: long)
    with pytest.raises(TableError, match="joints"):
        place_cues.__wrapped__()


def test_a_name_is_no_surer_for_being_the_same_in_another_language() -> None:
    """Lima, Regina and Oral are people's names and words as well, in Serbian letters or not."""
    book = atlas()
    assert [book.strength[book.by_name[name]] for name in ("Lima", "Regina", "Oral")] == [WEAK] * 3


def test_the_cases_of_a_name_keep_its_letters() -> None:
    """No Latin name has a Cyrillic ending, which Serbian has for its own."""
    known = atlas().by_name
    assert ("Berlinu" in known, "Berlin\u0443" in known) == (True, False)
