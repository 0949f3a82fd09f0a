"""The book of agencies: rows of ``agencies.toml``, and who is meant by a code or an internet domain."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import replace

from dateline_attribution.tables import AGENCIES, TableError, check_form, undecoded

_COMMON = 4
"""Letters from which on a name with a capital may be a word of everyday language; fewer are an abbreviation."""
Kind = Literal["agency", "release", "picture", "generic", "outlet"]
_BEFORE_HOST = re.compile(r"[:@,\s]|//+")
_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}")


class DefaultTerms(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the agency asks of everybody who runs its copy, where neither message nor contract says otherwise."""

    notice: str = ""
    """Copyright notice; ``{year}`` is the year of the version."""
    terms: str = ""
    territory: tuple[str, ...] = ()
    archive: Literal["", "allowed", "forbidden"] = ""
    rewriting: Literal["", "allowed", "forbidden"] = ""
    days: Annotated[int, Meta(ge=0)] = 0


class Agency(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A row of the table; the head of ``agencies.toml`` says what each column means."""

    id: str
    kind: Kind = "agency"
    country: str = ""
    names: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    apart: bool = False
    words: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    holder: tuple[str, ...] = ()
    signature: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    credit_line: str = ""
    credit_forms: dict[str, str] = {}
    with_forms: dict[str, str] = {}
    copyright_holder: str = ""
    default_terms: DefaultTerms = DefaultTerms()
    languages: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    parent: str = ""
    wikidata: Annotated[str, Meta(pattern=r"^(Q[1-9]\d*)?$(?!\n)")] = ""
    homographs: str = ""
    source: str

    def printed(self, language: str = "") -> str:
        """How the house prints it in a credit line of a language (primary subtag)."""
        return self.credit_forms.get(language) or self.credit_line or self.id


class _Table(Struct, frozen=True, forbid_unknown_fields=True):
    agency: tuple[Agency, ...]


class AgencyBook:
    """All agencies that are known. Built once, then only read."""

    def __init__(self, agencies: Iterable[Agency]) -> None:
        """Raises TableError when two rows claim the same id, code or domain."""
        self.agencies = tuple(agencies)
        self._by_id = self._index("id", [(agency, (agency.id,)) for agency in self.agencies])
        self._by_domain = self._index("domain", [(agency, agency.domains) for agency in self.agencies])

    @staticmethod
    def _index(what: str, values: list[tuple[Agency, tuple[str, ...]]]) -> dict[str, Agency]:
        index: dict[str, Agency] = {}
        for agency, keys in values:
            for key in keys:
                other = index.setdefault(key, agency)
                if other is not agency:
                    raise TableError(f"{AGENCIES}: {what} {key!r} stands in {other.id} and in {agency.id}")
        return index

    @cached_property
    def _by_code(self) -> dict[str, Agency]:
        codes: dict[str, Agency] = {}
        for agency in self.agencies:
            if agency.kind != "generic":
                for code in (agency.id, *agency.codes, *agency.names, *agency.short, *agency.weak, *agency.words):
                    codes.setdefault(code.casefold(), agency)
        return codes

    @cached_property
    def _by_spelling(self) -> dict[str, Agency]:
        spellings: dict[str, Agency] = {}
        for agency in self.agencies:
            if agency.kind != "generic":
                for name in (*agency.codes, *agency.names, *agency.short, *agency.weak, *agency.words):
                    spellings.setdefault(name, agency)
        return spellings

    @cached_property
    def namesakes(self) -> Mapping[str, tuple[Agency, ...]]:
        """Abbreviations and words that several agencies go by, with who they are in the order of the table."""
        found: dict[str, list[Agency]] = {}
        for agency in self.agencies:
            for name in dict.fromkeys((*agency.short, *agency.weak, *agency.words)):
                found.setdefault(name, []).append(agency)
        return {name: tuple(agencies) for name, agencies in found.items() if len(agencies) > 1}

    @cached_property
    def _namesakes_of(self) -> dict[str, frozenset[str]]:
        found: dict[str, frozenset[str]] = {}
        for agencies in self.namesakes.values():
            ids = frozenset(agency.id for agency in agencies)
            found.update({name: found.get(name, frozenset()) | (ids - {name}) for name in ids})
        return found

    def namesakes_of(self, agency_id: str) -> frozenset[str]:
        """The ids of the agencies that share an abbreviation with this one."""
        return self._namesakes_of.get(agency_id, frozenset())

    @cached_property
    def common_words(self) -> frozenset[str]:
        """Words of everyday language that with a capital are an agency's name: ``Trend``, not ``Efe`` for ``EFE``."""
        return frozenset(
            word
            for agency in self.agencies
            for word in agency.words
            if len(word) >= _COMMON
            and word.istitle()
            and word.casefold() not in {name.casefold() for name in (*agency.names, *agency.short, *agency.weak)}
        )

    @cached_property
    def outlets(self) -> frozenset[str]:
        """Ids of newspapers' own services that have an agency's name: they credit nobody."""
        return frozenset(agency.id for agency in self.agencies if agency.kind == "outlet")

    @property
    def ids(self) -> tuple[str, ...]:
        """All ids, in the order of the table."""
        return tuple(self._by_id)

    def __getitem__(self, agency_id: str) -> Agency:
        """The row of an id. Raises KeyError."""
        return self._by_id[agency_id]

    def __contains__(self, agency_id: object) -> bool:
        """Whether there is a row with this id."""
        return agency_id in self._by_id

    def by_code(self, value: str) -> Agency | None:
        """Who is meant by a whole value of a provider element: ``nprov:AFP``, ``BELGA``, ``reuters.com``, ``afp``."""
        plain = value.strip().casefold()
        return self._by_code.get(plain) or self._by_code.get(plain.rpartition(":")[2]) or self.by_domain(plain)

    def by_name(self, value: str) -> Agency | None:
        """Who is meant by the text of a box or a field for anything: spelled as in the table, or a code or a domain.

        ``Mehr`` and ``Trend`` are ids of agencies and words on a button.
        """
        plain = value.strip()
        if agency := self._by_spelling.get(plain):
            return agency
        return self.by_code(plain) if ":" in plain or "." in plain else None

    def by_domain(self, value: str) -> Agency | None:
        """Who owns the domain in a host name, an address, a tag URI or a NewsML URN (RFC 3085)."""
        for part in _BEFORE_HOST.split(value.lower()) if "." in value else ():
            host = match[0] if (match := _HOST.match(part)) else ""
            while "." in host:
                if agency := self._by_domain.get(host):
                    return agency
                host = host.partition(".")[2]
        return None


def parse_rows(text: str, table: str = AGENCIES) -> tuple[Agency, ...]:
    """The rows of a TOML text in the form of ``agencies.toml``. Raises TableError naming the table."""
    try:
        rows = msgspec.convert(tomllib.loads(text), _Table).agency
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise undecoded(table, error) from error
    for row in rows:
        check_form(row.default_terms.notice, f"{table}: notice of {row.id}", year=2000, holder="")
    return rows


def extended(rows: Iterable[Agency], more: Iterable[Agency]) -> tuple[Agency, ...]:
    """The rows with those of a house: one with a known id adds its names and codes and replaces what else it says."""
    known = {row.id: row for row in rows}
    for row in more:
        known[row.id] = _joined(known[row.id], row) if row.id in known else row
    return tuple(known.values())


def _joined(known: Agency, more: Agency) -> Agency:
    changes: dict[str, object] = {}
    for name in Agency.__struct_fields__:
        old, new = getattr(known, name), getattr(more, name)
        if name == "default_terms":
            changes[name] = old if new == DefaultTerms() else new
        elif isinstance(old, tuple):
            changes[name] = tuple(dict.fromkeys((*old, *new)))
        elif isinstance(old, dict):
            changes[name] = {**old, **new}
        elif new and not (name == "kind" and new == "agency"):
            changes[name] = new
    return replace(known, **changes)
