"""Settings of the attribution service, and the files of a house that they name."""

from __future__ import annotations

from pathlib import Path

from dateline_attribution.tables import TableError
from dateline_attribution.tableset import HouseFile, Tables, package_tables, tables_of
from dateline_kernel.errors import Misconfigured
from dateline_kernel.settings import ServiceSettings


class AttributionSettings(ServiceSettings, frozen=True, kw_only=True):
    """What attribution can be told."""

    agencies_file: tuple[str, ...] = ()
    """TOML files in the form of ``agencies.toml`` that add agencies, or names and terms to known ones."""
    rules_file: tuple[str, ...] = ()
    """TOML files in the form of ``rules.toml`` that add rules or replace those with the same id."""


def house_tables(settings: AttributionSettings) -> Tables:
    """The package's tables with the house's files. Raises Misconfigured naming the file and what is wrong with it."""
    return tables_from(settings.agencies_file, settings.rules_file)


def tables_from(agencies: tuple[str, ...], rules: tuple[str, ...]) -> Tables:
    """The same for files that are named otherwise, by path."""
    if not agencies and not rules:
        return package_tables()
    try:
        return tables_of(_read("agencies_file", agencies), _read("rules_file", rules))
    except TableError as error:
        raise Misconfigured(f"agencies_file, rules_file: {error}") from error


def _read(setting: str, paths: tuple[str, ...]) -> tuple[HouseFile, ...]:
    found = []
    for path in paths:
        try:
            found.append(HouseFile(path, Path(path).read_text(encoding="utf-8")))
        except (OSError, UnicodeDecodeError) as error:
            raise Misconfigured(f"{setting} names {path}, which cannot be read: {error}") from error
    return tuple(found)
