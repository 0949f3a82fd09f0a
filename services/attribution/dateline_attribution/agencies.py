"""The book of agencies: rows of ``agencies.toml``, and who is meant by a code or an internet domain."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cached_property, lru_cache
from typing import Literal

import msgspec
from msgspec import Struct

from dateline_attribution.tables import AGENCIES, TableError, table_text

Kind = Literal["agency", "release", "picture", "generic"]
_HOST = re.compile(r"(?:^|(?<=[:@,\s])|(?<=//))((?:[a-z0-9-]+\.)+[a-z]{2,})")


class Agency(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A row of the table; the head of ``agencies.toml`` says what each column means."""

    id: str
    kind: Kind = "agency"
    country: str = ""
    names: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    holder: tuple[str, ...] = ()
    signature: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    credit_line: str = ""
    copyright_holder: str = ""
    parent: str = ""
    homographs: str = ""
    source: str

    @property
    def printed(self) -> str:
        """How the house prints it in a credit line."""
        return self.credit_line or self.id


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

    def by_domain(self, value: str) -> Agency | None:
        """Who owns the domain in a host name, an address, a tag URI or a NewsML URN (RFC 3085)."""
        for match in _HOST.finditer(value.lower()):
            host = match[1]
            while "." in host:
                if agency := self._by_domain.get(host):
                    return agency
                host = host.partition(".")[2]
        return None


def parse_book(text: str) -> AgencyBook:
    """The book that a TOML text in the form of ``agencies.toml`` makes. Raises TableError."""
    try:
        table = msgspec.convert(tomllib.loads(text), _Table)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise TableError(f"{AGENCIES}: {error}") from error
    return AgencyBook(table.agency)


@lru_cache(maxsize=1)
def load_book() -> AgencyBook:
    """The book that comes with the package."""
    return parse_book(table_text(AGENCIES))
