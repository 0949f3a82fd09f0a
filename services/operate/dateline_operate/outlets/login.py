"""The login of an outlet, as nats-server is configured: to read under one name what was agreed, nothing else. Pure."""

from __future__ import annotations

import json

from dateline_operate.console.options import checked_reader
from dateline_schemas.subjects import TOPICS

_STREAM = TOPICS.name


def login(name: str, password: str, subject: str) -> str:
    """An entry for ``authorization.users``. ``subject`` is the only filter that it may ask for.

    Raises Failure for a name that cannot stand in subjects and in the configuration alike.
    """
    checked_reader(name)
    rest = f"{subject.removesuffix('.*')}.>" if subject.endswith(".*") else subject
    publish = (
        f"$JS.API.CONSUMER.INFO.{_STREAM}.{name}",
        f"$JS.API.CONSUMER.CREATE.{_STREAM}.{name}.{rest}",
        f"$JS.API.CONSUMER.MSG.NEXT.{_STREAM}.{name}",
        f"$JS.ACK.{_STREAM}.{name}.>",
        f"$JS.API.DIRECT.GET.{_STREAM}.{rest}",
    )
    allowed = "\n".join(f"      {json.dumps(one)}" for one in publish)
    return f"""\
{{ user: {name}, password: {json.dumps(password)}, permissions: {{
    publish: [
{allowed}
    ]
    subscribe: "_INBOX_{name}.>"
}} }}"""
