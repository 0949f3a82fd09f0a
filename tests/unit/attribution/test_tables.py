"""The tables: a wrong one is refused with the row and the reason."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

import dateline_attribution
from dateline_attribution.agencies import AgencyBook, parse_rows
from dateline_attribution.app import build
from dateline_attribution.rules import RuleSet
from dateline_attribution.ruletable import Place, parse_table
from dateline_attribution.settings import AttributionSettings
from dateline_attribution.tables import TableError
from dateline_attribution.tableset import package_tables

TABLES = Path(dateline_attribution.__file__).parent
ROW = '[[agency]]\nid = "A"\nsource = "x"\ndomains = ["a.example"]\n'
RULES = """
[macros]
[phrases]
with = {{}}
unnamed = {{}}
[[rule]]
id = "r"
place = ["body"]
shape = '{shape}'
means = "copy"
confidence = {sure}
"""


def rules_of(text: str) -> RuleSet:
    """The rules that a table makes, all compiled."""
    rules = RuleSet(parse_table(text), {})
    rules.compile()
    return rules


@pytest.mark.parametrize(
    "text",
    [ROW + ROW, ROW + ROW.replace('"A"', '"B"'), ROW + 'colour = "red"\n', '[[agency]]\nid = "A"\n', "id = ["],
    ids=["same id", "same domain", "unknown column", "no source", "no TOML"],
)
def test_a_book_with_a_fault_is_refused(text: str) -> None:
    """Two rows for one id or domain, an unknown column, a row without a source."""
    with pytest.raises(TableError, match=r"agencies\.toml"):
        AgencyBook(parse_rows(text))


@pytest.mark.parametrize(
    ("shape", "sure"),
    [("(", "0.9"), ("x", "0.9"), ("%nothing%(?P<a>x)", "0.9"), ("(?P<z>x)", "0.9"), ("(?P<a>x)", "1.2")],
)
def test_a_rule_with_a_fault_is_refused(shape: str, sure: str) -> None:
    """A shape that does not compile, speaks of nothing, uses an unknown macro; a confidence above 1."""
    with pytest.raises(TableError, match=r"rules\.toml"):
        rules_of(RULES.format(shape=shape, sure=sure))


def test_a_shape_of_sources_with_a_fault_is_refused() -> None:
    """What tells sources from news is compiled with the rules."""
    with pytest.raises(TableError, match="sources"):
        rules_of("sources = ['(']")


def test_every_place_has_a_rule_and_every_rule_its_own_name() -> None:
    """No place is looked at in vain."""
    rules = package_tables().rules

    assert all(rules.at(place, "") for place in get_args(Place))
    assert len({rule.row.id for rule in rules.rules}) == len(rules.rules)


def repeated(value: Any, where: str) -> Iterator[tuple[str, str]]:
    """Every word that stands twice in one list, with where the list is."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from repeated(inner, f"{where}.{name}")
    elif isinstance(value, list):
        words = Counter(word for word in value if isinstance(word, str))
        yield from ((where, word) for word, count in words.items() if count > 1)
        for inner in value:
            yield from repeated(inner, f"{where}.{inner.get('id', '')}" if isinstance(inner, dict) else where)


@pytest.mark.parametrize("table", sorted(TABLES.glob("*.toml")), ids=lambda path: path.name)
def test_no_word_stands_twice_in_a_list(table: Path) -> None:
    """One of the two would be mended or taken out alone."""
    assert list(repeated(tomllib.loads(table.read_text("utf-8")), table.stem)) == []


def test_the_parents_of_agencies_are_agencies() -> None:
    """A parent is an id of the same book."""
    book = package_tables().book

    assert all(agency.parent in book for agency in book.agencies if agency.parent)


def test_the_book_knows_at_least_the_agencies_that_matter() -> None:
    """More than 100 rows, each with an ISO 3166-1 country unless it is nobody in particular."""
    rows = [agency for agency in package_tables().book.agencies if agency.kind != "generic"]

    assert len(rows) > 100
    assert all(re.fullmatch("[A-Z]{2}", agency.country) for agency in rows)


@pytest.mark.parametrize(
    ("value", "agency"),
    [
        ("nprov:AFP", "AFP"), ("KYODONEWS", "Kyodo"), ("reuters.com", "Reuters"), ("tag:ansa.it,2026-01-01:x", "ANSA"),
        ("urn:newsml:afp.com:20260101T000000Z:TX-1:1", "AFP"), ("https://www.apnews.com/article/x", "AP"),
        ("nanap.org", None), ("https://example.org/afp.com", None), ("x", None), ("generic", None),
    ],
)  # fmt: skip
def test_codes_and_domains_mean_agencies(value: str, agency: str | None) -> None:
    """Codes whatever their scheme and case; domains as whole labels, in the host's place."""
    found = package_tables().book.by_code(value)

    assert (found and found.id) == agency


def test_the_rules_that_are_refused_differ_from_good_ones_in_one_thing() -> None:
    """The same text with a sound shape is taken."""
    assert len(rules_of(RULES.format(shape="(?P<a>x)", sure="0.9")).rules) == 1


def test_every_shape_of_the_package_can_be_used() -> None:
    """They are compiled when they are first asked for, so that a fault would be seen at some story only."""
    package_tables().compile()


def test_a_macro_that_is_not_there_is_told_with_its_rule() -> None:
    """In a shape, and in a macro."""
    with pytest.raises(TableError, match="rule r: there is no macro 'none'"):
        rules_of(RULES.format(shape="(?P<a>%none%)", sure="0.9"))
    with pytest.raises(TableError, match=r"macro .*'none'"):
        rules_of("[macros]\nx = '%none%'")


IMPORTED = """
import pathlib, pkgutil, sys
import dateline_attribution
read = []
sys.addaudithook(lambda event, told: read.append(str(told[0])) if event == "open" else None)
for module in pkgutil.iter_modules(dateline_attribution.__path__):
    __import__(f"dateline_attribution.{module.name}")
print(sum(name.endswith(".toml") for name in read))
from dateline_attribution.tableset import package_tables
package_tables()
print(sum(name.endswith(".toml") for name in read))
"""


def test_importing_any_module_reads_no_table() -> None:
    """Tables are read when they are asked for: a command that needs one function does not pay for all."""
    run = subprocess.run([sys.executable, "-c", IMPORTED], capture_output=True, text=True, check=True)
    imported, asked = map(int, run.stdout.split())

    assert imported == 0
    assert asked >= 8


def test_a_service_has_everything_compiled_before_it_is_ready() -> None:
    """What is made when it is first asked for was asked for when the service is wired."""
    build(AttributionSettings(agencies_file=()))
    rules = package_tables().rules

    assert all("pattern" in vars(one) for one in (*rules.rules, *rules.treatments, *rules.habits))
