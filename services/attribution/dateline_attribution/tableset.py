"""Everything that a decision rests on besides the story: agencies and rules, the package's and a house's own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

from dateline_attribution.agencies import AgencyBook, extended, parse_rows
from dateline_attribution.bylinewords import BylineWords, parse_byline_words
from dateline_attribution.datelineshapes import DatelineShapes, parse_dateline_shapes
from dateline_attribution.homes import Homes, parse_homes
from dateline_attribution.measured import parse_measured
from dateline_attribution.mentions import finder_of
from dateline_attribution.originrules import OriginRules, parse_origin_rules
from dateline_attribution.rules import RuleSet
from dateline_attribution.ruletable import joined, parse_table
from dateline_attribution.tables import (
    AGENCIES,
    BYLINES,
    DATELINES,
    HOMES,
    MEASURED,
    ORIGINS,
    RULE_SHAPES,
    SCRIPTS,
    TERMS,
    TableError,
    table_text,
    version_of,
)
from dateline_attribution.termwords import TermWords, parse_term_words

_PACKAGE = (AGENCIES, RULE_SHAPES, MEASURED, BYLINES, DATELINES, ORIGINS, HOMES, SCRIPTS, TERMS)


class HouseFile(Struct, frozen=True):
    """The text of a table of the house, in the form of ``agencies.toml`` or ``rules.toml``; its name is for errors."""

    name: str
    text: str


class Tables(Struct, frozen=True, eq=False):
    """What ``credit`` decides by. Made once, then only read."""

    book: AgencyBook
    rules: RuleSet
    bylines: BylineWords
    datelines: DatelineShapes
    origins: OriginRules
    homes: Homes
    terms: TermWords
    version: str
    """The rules' version, which every event carries; the same tables give the same one."""

    def compile(self) -> None:
        """Make now what is else made when it is first asked for. Raises TableError naming the row with a fault."""
        self.rules.compile()
        finder_of(self.book)


def tables_of(agencies: Sequence[HouseFile] = (), rules: Sequence[HouseFile] = ()) -> Tables:
    """The package's tables, extended by those of a house. Raises TableError naming file, row and fault."""
    texts = {name: table_text(name) for name in _PACKAGE}
    rows = parse_rows(texts[AGENCIES])
    for file in agencies:
        rows = extended(rows, parse_rows(file.text, file.name))
    measured = parse_measured(texts[MEASURED])
    table = joined(parse_table(texts[RULE_SHAPES]), [parse_table(file.text, file.name) for file in rules])
    book = AgencyBook(rows)
    for habit in table.habit:
        if habit.agency not in book:
            raise TableError(f"{RULE_SHAPES}: habit {habit.id}: there is no agency {habit.agency!r}")
    rule_set = RuleSet(table, measured)
    datelines = parse_dateline_shapes(texts[DATELINES], measured)
    if rules:
        rule_set.compile()  # a shape of the house that cannot be used is told of now
    return Tables(
        book=book,
        rules=rule_set,
        bylines=parse_byline_words(texts[BYLINES], measured),
        datelines=datelines,
        origins=parse_origin_rules(texts[ORIGINS]),
        homes=parse_homes(texts[HOMES]),
        terms=parse_term_words(texts[TERMS], datelines),
        version=version_of([*texts.values(), *(file.text for file in (*agencies, *rules))]),
    )


@lru_cache(maxsize=1)
def package_tables() -> Tables:
    """The tables that come with the package, and nothing else."""
    return tables_of()
