"""`attribution check` for an agency: an id that nobody has is an error that names those written nearly so."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline_operate.commands.attribution import Options, run
from dateline_operate.console.failure import Failure
from dateline_operate.console.vocabulary import unknown_agency

SAMPLE = Path(__file__).resolve().parents[3] / "deploy" / "samples" / "05-outlet-page.html"
HOUSE = '[[agency]]\nid = "OPA"\nnames = ["Oakhaven Press Agency"]\nsource = "contract"\n'


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("afp", "Known are AFP"),
        ("Reuter", "Known are Reuters"),
        ("Ansa", "Known are ANSA"),
        ("Zzzzzz", "DATELINE_AGENCIES_FILE"),
        ("", "DATELINE_AGENCIES_FILE"),
    ],
)
def test_the_nearest_ids_are_named(typed: str, near: str) -> None:
    """Whatever their case; where a house names its own, where none is near."""
    failure = unknown_agency(typed, ("A", "AFP", "ANSA", "Reuters"))

    assert near in failure.advice
    assert repr(typed) in str(failure) and failure.code == 2


def test_a_check_for_an_agency_that_nobody_knows_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """Before anything is printed: the decision would be one without the contract that was asked for."""
    with pytest.raises(Failure, match="no agency has the id 'afp'"):
        run(_checking(agency="afp"))
    assert capsys.readouterr().out == ""


def test_a_houses_own_agency_may_be_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By its file, and not without it."""
    house = tmp_path / "house.toml"
    house.write_text(HOUSE, encoding="utf-8")

    assert run(_checking(agency="OPA", agencies=(str(house),))) == 0
    assert "copy AFP" in " ".join(capsys.readouterr().out.split())
    with pytest.raises(Failure, match="no agency has the id 'OPA'"):
        run(_checking(agency="OPA"))


def _checking(agency: str, agencies: tuple[str, ...] = ()) -> Options:
    return Options(action="check", file=str(SAMPLE), agency=agency, agencies=agencies)
