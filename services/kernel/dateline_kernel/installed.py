"""Finds the services that are installed, by entry point, so that nothing has to import them by name."""

from __future__ import annotations

import os
from collections.abc import Mapping
from importlib.metadata import entry_points
from typing import cast, get_type_hints

from dateline_kernel.errors import Misconfigured
from dateline_kernel.service import Service
from dateline_kernel.settings import load_settings

GROUP = "dateline.services"


def installed() -> tuple[str, ...]:
    """Names of the services in this environment."""
    return tuple(sorted(entry.name for entry in entry_points(group=GROUP)))


def build_service(name: str, env: Mapping[str, str] = os.environ) -> Service:
    """Build one by name, its settings read from the given environment. Raises Misconfigured if it is not installed."""
    for entry in entry_points(group=GROUP):
        if entry.name == name:
            build = entry.load()
            return cast(Service, build(load_settings(get_type_hints(build)["settings"], name, env)))
    raise Misconfigured(f"service {name!r} is not installed here; installed are {', '.join(installed()) or 'none'}")
