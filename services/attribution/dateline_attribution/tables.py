"""The data tables of the service as they lie in the package, and the version that tables make."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from importlib.resources import files

AGENCIES = "agencies.toml"
RULE_SHAPES = "rules.toml"
MEASURED = "measured.toml"
BYLINES = "bylines.toml"
DATELINES = "datelines.toml"
ORIGINS = "origins.toml"
HOMES = "homes.toml"
SCRIPTS = "scripts.toml"
TERMS = "terms.toml"
_BELONGS = {
    "agency": "a file of agencies is given as --agencies or agencies_file",
    "rule": "a file of rules is given as --rules or rules_file",
}
"""Which option and which setting a house's file of rows is for."""
_LOGIC = 6
"""Raised by hand when the code decides otherwise on the same tables."""


class TableError(ValueError):
    """A data table cannot be used. The message names the table, the row and what is wrong with it."""


def undecoded(where: str, error: Exception) -> TableError:
    """What is said of a table with a fault; one of another kind is told where it belongs."""
    belongs = [option for field, option in _BELONGS.items() if f"unknown field `{field}`" in str(error)]
    return TableError("; ".join((f"{where}: {error}", *belongs)))


def check_form(form: str, where: str, *filled: object, **named: object) -> None:
    """See that a form such as ``(c) {year} AFP`` can be filled in. Raises TableError saying where it stands."""
    try:
        form.format(*filled, **named)
    except (ValueError, LookupError, AttributeError) as error:
        known = ", ".join(f"{{{name}}}" for name in named) or "{}"
        reason = f"unknown field {error}" if isinstance(error, LookupError) else str(error)
        raise TableError(f"{where}: {form!r} cannot be filled in: {reason}; {known} is what it may have") from error


def table_text(name: str) -> str:
    """The text of a table of this package."""
    return files("dateline_attribution").joinpath(name).read_text(encoding="utf-8")


def version_of(texts: Iterable[str]) -> str:
    """``attribution/6.<8 hex digits of SHA-256 over the tables>``: the same tables give the same version anywhere."""
    digest = hashlib.sha256()
    for text in texts:
        digest.update(text.replace("\r\n", "\n").encode() + b"\0")
    return f"attribution/{_LOGIC}.{digest.hexdigest()[:8]}"
