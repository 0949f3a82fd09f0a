"""Settings of the attribution service, and the files of a house that they name."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from msgspec import Meta

from dateline_attribution.originindex import Window
from dateline_attribution.tables import TableError
from dateline_attribution.tableset import HouseFile, Tables, package_tables, tables_of
from dateline_kernel.errors import Misconfigured
from dateline_kernel.settings import ServiceSettings


class AttributionSettings(ServiceSettings, frozen=True, kw_only=True):
    """Settings of attribution."""

    agencies_file: tuple[str, ...] = ()
    """TOML files in the form of ``agencies.toml`` that add agencies, or names and terms to known ones."""
    rules_file: tuple[str, ...] = ()
    """TOML files in the form of ``rules.toml`` that add rules or replace those with the same id."""
    origin_days: Annotated[int, Meta(ge=1, le=365)] = 7
    """How many days back a story without a credit is looked for among agency stories."""
    origin_stories: Annotated[int, Meta(ge=0, le=1_000_000)] = 20_000
    """And among how many of the latest versions of agency stories, some 6 kB of memory each; 0 looks for none."""


def origin_window(settings: AttributionSettings) -> Window | None:
    """How far back origins are looked for; None for not at all."""
    return Window(settings.origin_days, settings.origin_stories) if settings.origin_stories else None


def rules_version(settings: AttributionSettings, tables: Tables) -> str:
    """The tables' version; another window than the usual one is another rule, and is named in it."""
    window = Window(settings.origin_days, settings.origin_stories)
    usual = Window(AttributionSettings().origin_days, AttributionSettings().origin_stories)
    return tables.version if window == usual else f"{tables.version}.{window.days}d{window.stories}"


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
