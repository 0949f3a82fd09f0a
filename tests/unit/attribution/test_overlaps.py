"""What makes a text a copy of another, in many scripts, and what does not."""

from __future__ import annotations

import pytest
from copytexts import AR, FERRY, JA, JA_RIVAL, OWN, RIVAL, ZH, ZH_RIVAL
from hypothesis import given
from hypothesis import strategies as st

from dateline_attribution.commonruns import SAMPLE, runs, samples
from dateline_attribution.copywords import places, words
from dateline_attribution.originrules import parse_origin_rules
from dateline_attribution.overlaps import Overlap, is_copy, overlap, passages
from dateline_attribution.tables import TableError
from dateline_attribution.tableset import package_tables

RULES = package_tables().origins
MOST = RULES.longest
LETTERS = "ab Çß\u0130\u00ad\u0301٣ёй東京タワーกรุงเ한글हिन्दी“”„«»\"'.,\n"
TEXTS = st.lists(st.text(alphabet=LETTERS, max_size=60), max_size=6)
NUMBERS = st.lists(st.integers(0, 5), max_size=40)


def compared(text: tuple[str, ...], other: tuple[str, ...]) -> Overlap:
    """The overlap of a text with another."""
    return overlap(words(text, MOST), words(other, MOST), RULES)


def copy(text: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether a text is a copy of another."""
    return is_copy(compared(text, other), RULES)


@pytest.mark.parametrize("text", [FERRY, ZH, JA, AR], ids=["en", "zh", "ja", "ar"])
def test_a_text_is_wholly_in_itself(text: tuple[str, ...]) -> None:
    """In any script, with blanks between words or without."""
    assert compared(text, text).share == 1.0
    assert copy(text, text)


@pytest.mark.parametrize("text", [FERRY, ZH, JA, AR], ids=["en", "zh", "ja", "ar"])
def test_a_shortened_reordered_copy_in_other_paragraphs_is_found(text: tuple[str, ...]) -> None:
    """The last paragraph before the first, in one; a headline is not looked at."""
    assert copy((text[-1] + " " + text[1] + text[0],), text)


@pytest.mark.parametrize(
    ("text", "other"), [(RIVAL, FERRY), (FERRY, RIVAL), (ZH_RIVAL, ZH), (JA_RIVAL, JA), (JA, ZH), (OWN, FERRY)]
)
def test_two_agencies_stories_about_one_event_are_no_copies(text: tuple[str, ...], other: tuple[str, ...]) -> None:
    """The same facts and the same quotation, told by two reporters, have less than a tenth in common."""
    assert compared(text, other).share < 0.1
    assert not copy(text, other)


def test_words_of_a_speech_count_for_nothing() -> None:
    """However long both quote it; where a quotation does not end in its paragraph all the rest of that is quoted."""
    speech = FERRY[3], FERRY[4]
    quoting = (OWN[0], *(f"“{text}”" for text in speech))
    assert compared(quoting, (*speech, *RIVAL)).shared == 0
    assert compared((OWN[0], f'She said: "{speech[0]}', f'"{speech[1]}" she added.'), speech).shared == 0


def test_own_reporting_around_a_whole_story_does_not_hide_it() -> None:
    """Where nearly all of the agency's story stands in a text three times as long, it is a copy."""
    found = compared((*OWN, *OWN[:2], *FERRY, *OWN, *OWN), FERRY)
    assert found.share < RULES.overlap
    assert is_copy(found, RULES)


def test_a_paragraph_of_background_makes_no_copy() -> None:
    """A quarter of a text may be anybody's."""
    found = compared((*OWN, FERRY[5]), FERRY)
    assert 0 < found.share < RULES.overlap
    assert not is_copy(found, RULES)


def test_case_width_and_encoding_of_accents_make_no_difference() -> None:
    """Letters are compared, not their bytes."""
    assert words(["Éléonore ＡＦＰ Straße"], MOST) == words(["e\u0301le\u0301onore afp STRASSE"], MOST)


def test_passages_are_the_exact_words_where_they_stand_the_longest_first() -> None:
    """Each in one paragraph, found again at the place that it names."""
    text = ("They say: " + FERRY[1], OWN[0], FERRY[3][:60])
    found = passages(text, compared(text, FERRY), RULES)
    assert [passage.where for passage in found] == ["paragraphs[0]", "paragraphs[2]"]
    assert [passage.words for passage in found] == sorted((passage.words for passage in found), reverse=True)
    for passage in found:
        paragraph = text[int(passage.where[len("paragraphs[") : -1])]
        assert paragraph[passage.start :].startswith(passage.text)
        assert len(passage.text) <= RULES.shown


@given(TEXTS)
def test_every_word_has_its_place(text: list[str]) -> None:
    """One for one, in whatever mixture of scripts and marks, and read alone it is the same word."""
    found, where = words(text, MOST), places(text, MOST)
    assert len(found) == len(where)
    for number, place in zip(found, where, strict=True):
        assert number in words([text[place.paragraph][place.start : place.end]], MOST)


@given(TEXTS, st.integers(0, 20))
def test_no_more_words_than_asked_for(text: list[str], most: int) -> None:
    """A text that is longer is looked at as far as that."""
    assert words(text, most) == words(text, MOST)[:most]
    assert places(text, most) == places(text, MOST)[:most]


@given(NUMBERS, NUMBERS)
def test_a_run_stands_in_both_texts_and_cannot_be_longer(text: list[int], other: list[int]) -> None:
    """Of all runs that begin there, and none begins within another one."""
    one, two = words([" ".join(map(str, text))], MOST), words([" ".join(map(str, other))], MOST)
    free = 0
    for run in runs(one, two, 3):
        assert run.at >= free
        assert run.length >= 3
        assert one[run.at : run.at + run.length] == two[run.of : run.of + run.length]
        free = run.at + run.length
        assert free == len(one) or run.of + run.length == len(two) or one[free] != two[run.of + run.length]


@given(NUMBERS, NUMBERS, NUMBERS)
def test_what_two_texts_share_is_sampled_in_both(shared: list[int], before: list[int], behind: list[int]) -> None:
    """Whatever stands around it: candidates are found by nothing else."""
    one = words([" ".join(map(str, shared))], MOST)
    two = words([" ".join(map(str, (*before, *shared, *behind)))], MOST)
    there = {(at - len(before), sample) for at, sample in samples(two)}
    assert set(samples(one)) <= there


def test_one_shingle_in_some_is_sampled() -> None:
    """As many as the module says, by and large, and those whose first word has a number that it divides."""
    text = words([" ".join(map(str, range(4_000)))], MOST)
    assert 0.8 < len(samples(text)) * SAMPLE / len(text) < 1.2
    assert [at for at, _ in samples(text)] == [at for at in range(len(text) - 3) if text[at] % SAMPLE == 0]


def test_a_table_that_cannot_be_used_is_refused_by_name() -> None:
    """With what is wrong with it."""
    with pytest.raises(TableError, match=r"origins\.toml.*`\$\.overlap`"):
        parse_origin_rules("run = 4\noverlap = 3.0")
