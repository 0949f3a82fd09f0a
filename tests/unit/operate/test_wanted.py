"""What a reader of releases asks for: as people type it, and never in silence where nothing can come."""

from __future__ import annotations

import pytest

from dateline_operate.console.failure import Failure
from dateline_operate.console.options import checked_story
from dateline_operate.watching.wanted import wanted


def asked(topic: str = "", sub_topic: str = "", language: str = "", agency: str = "") -> str:
    """The filter, of what leaves no doubt."""
    found = wanted(topic, sub_topic, language, agency)
    assert found.doubts == ()
    return found.subject


@pytest.mark.parametrize("agency", ["AFP", "afp", "Afp"])
def test_capitals_of_an_agency_count_for_nothing(agency: str) -> None:
    """Ids are written as their agencies write themselves."""
    assert asked(agency=agency) == "topic.*.*.*.AFP.*"


@pytest.mark.parametrize("agency", ["Dow Jones", "dow jones", "Dow-Jones"])
def test_an_agency_may_be_copied_from_a_subject(agency: str) -> None:
    """Where blanks are hyphens."""
    assert asked(agency=agency) == "topic.*.*.*.Dow-Jones.*"


@pytest.mark.parametrize("language", ["pt", "PT", "pt-BR", "pt_br", "por", "Portuguese", "portuguese"])
def test_a_language_is_a_tag_or_a_name(language: str) -> None:
    """Subjects have the primary tag."""
    assert asked(language=language) == "topic.*.*.pt.*.*"


def test_a_topic_is_a_code_or_a_name_of_its_level() -> None:
    """Each of its own: subjects have both."""
    assert asked(topic="11000000", sub_topic="government") == asked("Politics and government", "20000593")
    assert asked(topic="11000000", sub_topic="20000593") == "topic.11000000.20000593.*.*.*"


def test_what_is_not_known_can_be_asked_for() -> None:
    """Stories without a topic, agency or language."""
    assert asked("none", "NONE", "none", "None") == "topic.none.none.none.none.*"
    assert asked(language="und") == "topic.*.*.und.*.*"
    assert asked() == "topic.*.*.*.*.*"


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        (("politics", "", "", ""), r"--topic 'politics' is no code or name of a media topic; 11000000 \(politics"),
        (("", "goverment", "", ""), r"--sub-topic 'goverment' .*; 20000593 \(government\), perhaps"),
        (("20000593", "", "", ""), r"--topic 20000593 \(government\) is of another level"),
        (("", "11000000", "", ""), r"--sub-topic 11000000 \(.*\) is of another level"),
        (("", "", "Portugese", ""), r"--language 'Portugese' is no language's tag or name; Portuguese"),
    ],
    ids=lambda said: "" if isinstance(said, str) else " ".join(said),
)
def test_what_nothing_can_have_is_asked_wrongly(said: tuple[str, str, str, str], fault: str) -> None:
    """And it is said what may be meant."""
    with pytest.raises(Failure, match=fault) as raised:
        wanted(*said)
    assert raised.value.code == 2
    assert raised.value.advice


@pytest.mark.parametrize(
    ("said", "doubt"),
    [
        (("", "", "", "Reuter"), "no agency has the id 'Reuter'; Reuters"),
        (("", "", "", "hexagon wire"), "no agency has the id 'hexagon wire'. Unless a file of the house has it"),
        (("", "", "qq", ""), "no language that Dateline knows has the tag 'qq'"),
        (("99999999", "", "", ""), "no media topic of this release has the code 99999999"),
    ],
    ids=lambda said: "" if isinstance(said, str) else " ".join(said),
)
def test_what_this_release_does_not_know_is_doubted_and_followed(said: tuple[str, str, str, str], doubt: str) -> None:
    """A table of the house, a provider's own tag or an older release may have put it into the log."""
    found = wanted(*said)
    assert [one.startswith(doubt) for one in found.doubts] == [True]
    assert found.subject != wanted("", "", "", "").subject


def test_a_storys_id_may_have_been_copied_in_capitals() -> None:
    """Ids have small letters."""
    assert checked_story(" 4KMTPQKKBBHHG44RESUNO64VRU\n") == "4kmtpqkkbbhhg44resuno64vru"
