"""Agencies and rules of a house: files beside the package's, without a line of code."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from dateline_attribution.credits import credit
from dateline_attribution.measured import Count, parse_measured, weighed
from dateline_attribution.ruletable import parse_table
from dateline_attribution.settings import AttributionSettings, house_tables
from dateline_attribution.tables import MEASURED, TableError, table_text
from dateline_attribution.tableset import HouseFile, Tables, package_tables, tables_of
from dateline_kernel.errors import Misconfigured
from dateline_schemas.credit import Term
from dateline_schemas.story import Story

BODY = ("The ferry came late again.", "Nobody was surprised.", "It sails on Friday.")
OPA = """
[[agency]]
id = "OPA"
names = ["Oakhaven Press Agency"]
weak = ["OPA"]
credit_forms = { fr = "APO" }
with_forms = { en = "With files from OPA" }
default_terms = { notice = "(c) {year} OPA", archive = "forbidden", days = 7 }
source = "invented"

[[agency]]
id = "AFP"
names = ["Affpee"]
credit_line = "Agence France-Presse"
source = "house style"
"""
RULE = """
[[rule]]
id = "house.tail"
place = ["ending"]
shape = '''^over to (?P<a>%A%)$'''
means = "copy"
role = "with"
confidence = 0.95

[[rule]]
id = "ending.alone"
place = ["ending"]
shape = '''^nothing (?P<a>%A%) ever writes$'''
means = "copy"
confidence = 0.5

[phrases]
with = { en = "plus {}" }
"""


@pytest.mark.parametrize("form", ["© {jahr} OPA", "© {year OPA", "© {} OPA", "{year.month}"])
def test_a_notice_that_cannot_be_filled_in_is_refused_with_its_place(form: str) -> None:
    """Not at the first story, with a traceback, but when the file is read."""
    text = OPA.replace("(c) {year} OPA", form)
    with pytest.raises(TableError, match=r"opa\.toml: notice of OPA"):
        tables_of([HouseFile("opa.toml", text)])


@pytest.mark.parametrize("form", ["plus {agency}", "plus {", "{} and {}"])
def test_a_phrase_that_cannot_be_filled_in_is_refused_with_its_place(form: str) -> None:
    """The same for what is printed round the names of agencies."""
    with pytest.raises(TableError, match=r"house\.toml: phrase with\.en"):
        tables_of([], [HouseFile("house.toml", RULE.replace("plus {}", form))])


@pytest.fixture(scope="module")
def house() -> Tables:
    """The package's tables with both files."""
    return tables_of([HouseFile("opa.toml", OPA)], [HouseFile("house.toml", RULE)])


def said(end: str, house: Tables, language: str = "en") -> tuple[tuple[str, ...], str]:
    """Agencies and credit line."""
    got = credit(Story(guid="x", language=language, paragraphs=(*BODY, end)), tables=house)
    return got.agencies, got.credit_line


def test_a_house_adds_an_agency_with_its_forms_and_terms(house: Tables) -> None:
    """Nobody else knows it."""
    story = Story(guid="x", paragraphs=("OAKHAVEN (OPA) - Late.", *BODY))

    assert credit(story, tables=house).agencies == ("OPA",)
    assert credit(story).agencies == ()
    assert credit(story, language="fr-CA", tables=house).credit_line == "APO"
    assert said("With files from Oakhaven Press Agency", house) == (("OPA",), "With files from OPA")
    terms = credit(replace(story, version_created=datetime(2026, 3, 1, 12, tzinfo=UTC)), tables=house).rights
    assert terms is not None
    assert terms.notice == Term(value="(c) 2026 OPA", source="agency", where="OPA")
    assert terms.archive == Term(value="forbidden", source="agency", where="OPA")
    assert terms.expires == Term(value="2026-03-08T12:00:00Z", source="agency", where="OPA")


def test_a_row_with_a_known_id_adds_to_it(house: Tables) -> None:
    """Names are added, what it prints is replaced."""
    assert said("Source: Affpee", house) == (("AFP",), "Agence France-Presse")
    assert "Agence France-Presse" in house.book["AFP"].names


def test_a_house_adds_and_replaces_rules_and_phrases(house: Tables) -> None:
    """A new id comes first; a known id takes the place of the old rule."""
    assert said("over to dpa", house) == (("dpa",), "plus dpa")
    assert said("dpa", house)[0] == ()
    assert said("dpa", package_tables())[0] == ("dpa",)


def test_the_files_of_a_house_change_the_rules_version(house: Tables) -> None:
    """The same files give the same version, others another one."""
    again = tables_of([HouseFile("opa.toml", OPA)], [HouseFile("house.toml", RULE)])

    assert house.version == again.version != package_tables().version


@pytest.mark.parametrize(
    ("agencies", "rules", "names"),
    [
        ("[[agency]]\nid = 1", "", "a.toml"),
        ("", "[[rule]]\nid = 'x'", "r.toml"),
        ("[[agency]]\nid = 'X'\nsource = 'x'\ndomains = ['afp.com']", "", "afp.com"),
        ("", "[[habit]]\nid = 'h'\nplace = ['ending']\nagency = 'X'\nshape = 'x'\nconfidence = 0.5", "habit h"),
    ],
)
def test_a_file_with_a_fault_is_refused(agencies: str, rules: str, names: str) -> None:
    """The error names the file or the row."""
    with pytest.raises(TableError, match=names):
        tables_of([HouseFile("a.toml", agencies or "agency = []")], [HouseFile("r.toml", rules)])


def test_a_file_of_another_kind_is_told_where_it_belongs() -> None:
    """Agencies given as rules, and rules given as agencies."""
    row = HouseFile("opa.toml", "[[agency]]\nid = 'OPA'")
    with pytest.raises(TableError, match=r"opa\.toml: .*--agencies or agencies_file"):
        tables_of(rules=[row])
    with pytest.raises(TableError, match=r"rules\.toml: .*--rules or rules_file"):
        tables_of(agencies=[HouseFile("rules.toml", "[[rule]]\nid = 'house.x'")])


def test_the_settings_name_the_files(tmp_path: Path) -> None:
    """One that cannot be read or used stops the service, with the reason."""
    file = tmp_path / "opa.toml"
    file.write_text(OPA, encoding="utf-8")

    assert "OPA" in house_tables(AttributionSettings(agencies_file=(str(file),))).book
    assert house_tables(AttributionSettings()) is package_tables()
    with pytest.raises(Misconfigured, match="rules_file"):
        house_tables(AttributionSettings(rules_file=(str(tmp_path / "none.toml"),)))
    file.write_text("agency = 1", encoding="utf-8")
    with pytest.raises(Misconfigured, match="opa"):
        house_tables(AttributionSettings(agencies_file=(str(file),)))


@pytest.mark.parametrize(
    ("right", "met", "sure"), [(0, 0, 0.9), (10, 10, 0.95), (0, 10, 0.45), (1, 1, 0.909), (990, 990, 0.999)]
)
def test_what_was_measured_outweighs_what_was_reasoned_the_more_the_oftener_it_was_met(
    right: int, met: int, sure: float
) -> None:
    """The reasoned confidence counts as ten findings."""
    assert weighed("r", 0.9, {"r": Count(right=right, met=met)}) == sure


def test_a_measured_table_with_a_fault_is_refused() -> None:
    """Counts are whole and not negative."""
    with pytest.raises(TableError, match=r"measured\.toml"):
        parse_measured('[rule."x"]\nright = -1\nmet = 1')


def test_every_way_of_signing_and_every_wording_of_a_treatment_was_measured() -> None:
    """Ten persons or more a way, three treatments or more a wording; statements apart, which name nobody twice."""
    counts = parse_measured(table_text(MEASURED))
    ways = set(package_tables().bylines.confidence) - {"bylines.stated"}

    assert all(counts[way].met >= 10 for way in ways), counts
    assert all(counts[one.row.id].met >= 3 for one in package_tables().rules.treatments), counts


def test_every_measured_rule_is_a_rule() -> None:
    """A renamed rule loses its counts, which shows here: measure again."""
    rules = package_tables().rules
    known = {rule.row.id for rule in rules.rules} | {habit.row.id for habit in rules.habits}
    known |= {treatment.row.id for treatment in rules.treatments}
    known |= {f"{place}.code" for place in rules.stated} | {"guid.domain"}
    known |= {shape.id for shape in package_tables().datelines.shapes} | set(package_tables().bylines.confidence)
    assert set(parse_measured(table_text(MEASURED))) <= known


def test_a_row_stands_for_one_of_each_family_of_languages() -> None:
    """Its name takes the place of the star, in the id and in the names of macros."""
    row = """
[[rule]]
id = "house.near-*"
place = ["body"]
shape = '(?P<a>%N%) %told_*%'
means = "cited"
confidence = 0.8
families = { far_north = ["xx", "yy"], south = ["zz"] }
"""
    rules = parse_table(row).rule
    assert [rule.id for rule in rules] == ["house.near-far-north", "house.near-south"]
    assert [(rule.shape[-11:], rule.languages) for rule in rules][1] == ("told_south%", ("zz",))
