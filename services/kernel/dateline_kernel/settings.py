"""Settings: one frozen Struct a service, filled from TOML and then the environment."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta, Struct

from dateline_kernel.errors import Misconfigured
from dateline_kernel.keys import Keys
from dateline_schemas.flow import FLOW

PREFIX = "DATELINE_"
ALMOST = 0.92
"""Likeness (difflib), the prefix included, from which a name is a slip of the keys: one or two letters."""


class Keeping(Struct, frozen=True, kw_only=True):
    """How the server keeps what is written."""

    replicas: int = 1
    """Copies of each stream in a cluster, from 1."""
    topics_days: int = 0
    """Days that messages stay on TOPICS; 0 is for ever, or for as long as an operator said to the server."""


class ServiceSettings(Struct, frozen=True, kw_only=True):
    """Settings that every service has. ``DATELINE_<KEY>`` in the environment, ``<key>`` in the TOML file."""

    nats_url: str = "nats://127.0.0.1:4222"
    """The server, or those of a cluster with commas between them; a login stands in it: ``nats://user:password@...``."""
    nats_ca: str = ""
    """PEM file of the authorities whose certificates count for the server, instead of those of the system. With ``tls://``
    in its address TLS is spoken or nothing."""
    nats_cert: str = ""
    """PEM file of our certificate, where the server wants one of its clients."""
    nats_key: str = ""
    """PEM file of its private key; left out if that stands in the same file."""
    nats_creds: str = ""
    """A user's credentials file (JWT and seed), or one with an NKEY seed alone."""
    nats_tls_first: bool = False
    """Speak TLS before the server greets, as one with ``handshake_first`` wants it."""
    replicas: Annotated[int, Meta(ge=1, le=5)] = 1
    """On how many servers of a cluster the log is kept: 3 survive the loss of one. It is raised where it is less, never
    lowered."""
    http_host: str = "127.0.0.1"
    """Address that the port is opened on; ``0.0.0.0`` for all."""
    http_port: Annotated[int, Meta(ge=0, le=65_535)] = 0
    """Port of /livez, /readyz, /metrics and of a service's own door; 0 lets the system choose."""
    log_level: str = "info"
    """``debug``, ``info``, ``warning`` or ``error``."""
    fetch: Annotated[int, Meta(ge=1, le=10_000)] = 128
    """Events of one kind pulled from the log, and in work, at a time."""
    ack_wait: Annotated[float, Meta(gt=0)] = 15.0
    """Seconds after which an event that was not acknowledged is handed out again."""
    attempts: Annotated[int, Meta(ge=1)] = 5
    """How often an event that makes its handler fail is tried before it goes to QUARANTINE."""
    connect_timeout: Annotated[float, Meta(ge=0)] = 20.0
    """Seconds to wait for the server at start before giving up with an explanation."""
    drain_timeout: Annotated[float, Meta(ge=0)] = 10.0
    """Seconds that work in flight gets at SIGTERM."""

    @property
    def keys(self) -> Keys:
        """Certificates and credentials for the message server."""
        return Keys(
            ca=self.nats_ca,
            cert=self.nats_cert,
            key=self.nats_key,
            creds=self.nats_creds,
            tls_first=self.nats_tls_first,
        )

    @property
    def keeping(self) -> Keeping:
        """What the streams are declared with."""
        return Keeping(replicas=self.replicas)


S = TypeVar("S", bound=ServiceSettings)


def load_settings(kind: type[S], service: str, env: Mapping[str, str] = os.environ) -> S:
    """Read ``DATELINE_CONFIG`` (TOML: keys at the top, a table for each service), then ``DATELINE_*``.

    The table of the service wins over the top, the environment over both. Raises Misconfigured naming the key.
    """
    values: dict[str, Any] = {}
    origin: dict[str, str] = {}
    known = set(kind.__struct_fields__)
    path = env.get(f"{PREFIX}CONFIG", "")
    if path:
        for key, value in _from_toml(Path(path), service, known).items():
            values[key], origin[key] = value, path
    _check_names(env, known)
    for key in known:
        name = PREFIX + key.upper()
        if name in env:
            values[key], origin[key] = _from_text(kind, key, env[name]), f"environment variable {name}"
    for key, value in values.items():
        _check(kind, key, value, origin[key])
    return msgspec.convert(values, kind, strict=False)


def _check_names(env: Mapping[str, str], known: set[str]) -> None:
    """Others may have variables that begin as ours do; one that is almost a key of this service is meant to be it."""
    names = [PREFIX + key.upper() for key in known]
    for name in env:
        if name.startswith(PREFIX) and name not in names and (near := get_close_matches(name, names, 1, ALMOST)):
            raise Misconfigured(f"environment variable {name} is no setting; did you mean {near[0]}?")


def _from_text(kind: type[ServiceSettings], key: str, text: str) -> Any:
    """A value of the environment; one with several members has commas between them."""
    if not isinstance(getattr(kind(), key), tuple):
        return text
    return [member.strip() for member in text.split(",") if member.strip()]


def _from_toml(path: Path, service: str, known: set[str]) -> dict[str, Any]:
    document = _document(path)
    top = {key: value for key, value in document.items() if not isinstance(value, dict)}
    own = document.get(service, {})
    shared = set(ServiceSettings.__struct_fields__)
    tables = [row.service for row in FLOW]
    for table in document:
        if isinstance(document[table], dict) and table not in (service, *tables):
            raise Misconfigured(f"{path}: unknown table [{table}]; there are {', '.join(f'[{one}]' for one in tables)}")
    for key in top:
        if key in known - shared:
            raise Misconfigured(f"{path}: {key} is {service}'s own: it belongs in the table [{service}]")
        if key not in shared:
            raise Misconfigured(f"{path}: unknown key {key!r}; known at the top are {', '.join(sorted(shared))}")
    for key in own:
        if key not in known:
            raise Misconfigured(f"{path}: unknown key {key!r} in [{service}]; known are {', '.join(sorted(known))}")
    return {**top, **own}


def _document(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise Misconfigured(f"{PREFIX}CONFIG names {path}, which cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Misconfigured(f"{path} is not valid TOML: {error}") from error


def _check(kind: type[S], key: str, value: Any, origin: str) -> None:
    try:
        msgspec.convert({key: value}, kind, strict=False)
    except msgspec.ValidationError as error:
        raise Misconfigured(f"{key} = {value!r} from {origin}: {error}") from error
