"""The login of an outlet, as nats-server is configured: an account of its own, into which no more than what was agreed
is handed over. Pure.

Permissions alone would not do. The server checks what a login publishes, not where it asks for the answer: a request
that it may make, with ``$JS.API.STREAM.DELETE.STORIES`` for its inbox, ends the log. Across accounts an answer
goes nowhere but into the account of who asked (docs/adr/0048).
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from dateline_operate.console.options import checked_reader
from dateline_schemas.subjects import TOPICS

SERVICES = "DATELINE"
"""Account of the services, which exports what an outlet's account imports."""
_STREAM = TOPICS.name
_API = "$JS.API."
_HANDED = "dateline.API."
"""Prefix under which an outlet's account has the API of the services' log: the server answers ``$JS.API`` itself."""


def login(name: str, password: str, subject: str) -> str:
    """An entry for ``accounts``. ``subject`` is the only filter that the outlet may ask for.

    Raises Failure for a name that cannot stand in subjects and in the configuration alike.
    """
    checked_reader(name)
    rest = f"{subject.removesuffix('.*')}.>" if subject.endswith(".*") else subject
    asked = (
        f"{_API}CONSUMER.INFO.{_STREAM}.{name}",
        f"{_API}CONSUMER.CREATE.{_STREAM}.{name}.{rest}",
        f"{_API}CONSUMER.MSG.NEXT.{_STREAM}.{name}",
        f"{_API}DIRECT.GET.{_STREAM}.{rest}",
        f"$JS.ACK.{_STREAM}.{name}.>",
    )
    return f"""\
{name} {{
  users: [
    {{ user: {name}, password: {json.dumps(password)}, permissions: {{
        publish: [
{_lines("          ", (json.dumps(_here(one)) for one in asked))}
        ]
        subscribe: "_INBOX_{name}.>"
    }} }}
  ]
  mappings: {{ "{_API}>": "{_HANDED}>" }}
  imports: [
{_lines("    ", map(_imported, asked))}
  ]
}}"""


def _imported(subject: str) -> str:
    return f"{{ service: {{ account: {SERVICES}, subject: {json.dumps(subject)} }}, to: {json.dumps(_here(subject))} }}"


def _here(subject: str) -> str:
    """The subject in the outlet's account. Permissions apply to this one, after the mapping."""
    return subject.replace(_API, _HANDED)


def _lines(margin: str, lines: Iterable[str]) -> str:
    return "\n".join(margin + line for line in lines)
