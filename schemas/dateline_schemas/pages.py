"""What the hand-written pages quote from the contract, each piece between a pair of markers.

``<!-- generated:NAME -->`` opens a piece and ``<!-- /generated -->`` closes it; what stands between is replaced.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import msgspec

from dateline_schemas.codec import encode
from dateline_schemas.events import EVENTS, Event
from dateline_schemas.examples import EXAMPLES
from dateline_schemas.flow import FLOW, Step
from dateline_schemas.headers import ENVELOPE, TOPIC_ENVELOPE, Header
from dateline_schemas.json_schema import member_docs
from dateline_schemas.picture import hearers, mermaid, sayers
from dateline_schemas.subjects import BUCKETS, STREAMS, fact_filter

_PIECE = re.compile(r"(<!-- generated:([A-Za-z-]+) -->\n).*?(<!-- /generated -->)", re.DOTALL)


class UnknownPiece(KeyError):
    """A page asks for a generated piece that does not exist."""


def fill(page: str, pieces: Mapping[str, str]) -> str:
    """The page with each marked piece as it is today. Raises UnknownPiece."""

    def replaced(match: re.Match[str]) -> str:
        if match[2] not in pieces:
            raise UnknownPiece(match[2])
        return f"{match[1]}{pieces[match[2]]}{match[3]}"

    return _PIECE.sub(replaced, page)


def pieces() -> dict[str, str]:
    """Every piece by name."""
    return {
        "flow-picture": f"```mermaid\n{mermaid()}```\n",
        "flow": _flow(),
        **{f"row-{row.service}": _row(row) for row in FLOW},
        "streams": _streams(),
        "event-headers": _headers(ENVELOPE),
        "topic-headers": _headers(TOPIC_ENVELOPE),
        "envelope": _members(Event, set()),
        **{kind.__name__: _event(kind) for kind in EVENTS},
    }


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)


def _names(kinds: tuple[type[Event], ...]) -> str:
    return ", ".join(kind.__name__ for kind in kinds) or "-"


def _says(row: Step) -> str:
    return ", ".join(kind.__name__ + " (by an operator's command)" * (kind in row.by_operator) for kind in row.says)


def _flow() -> str:
    rows = [(row.service, row.does, _names(row.hears), _says(row), ", ".join(row.posts)) for row in FLOW]
    return _table(("service", "does", "hears", "says", "writes to, besides the log"), rows)


def _row(row: Step) -> str:
    return _table(("hears", "says"), [(_names(row.hears) if row.hears else "nothing: it has doors", _says(row))])


def _streams() -> str:
    streams = [(f"stream `{one.name}`", ", ".join(f"`{s}`" for s in one.subjects), one.description) for one in STREAMS]
    buckets = [(f"bucket `{one.name}`", f"`$KV.{one.name}.>`", one.description) for one in BUCKETS]
    return _table(("name", "subjects", "holds"), streams + buckets)


def _headers(headers: tuple[Header, ...]) -> str:
    return _table(
        ("header", "value"),
        [(f"`{one.name}`", one.meaning + ("" if one.always else " (may be missing)")) for one in headers],
    )


def _code(text: str) -> str:
    return text.replace("``", "`")


def _members(kind: type[Event], without: set[str]) -> str:
    docs = member_docs(kind)
    rows = [("`type`", "always", "Name of the kind of event, e.g. `StoryReceived`")] if not without else []
    for field in msgspec.structs.fields(kind):
        if field.name not in without:
            rows.append((f"`{field.name}`", _presence(field), _code(docs.get(field.name, ""))))
    return _table(("member", "there", "means"), rows)


def _presence(field: msgspec.structs.FieldInfo) -> str:
    if field.required:
        return "always"
    return f"unless `{msgspec.json.encode(field.default).decode()}`"


def _event(kind: type[Event]) -> str:
    said = ", ".join(
        f"an operator's command in the name of {row.service}" if kind in row.by_operator else row.service
        for row in sayers(kind)
    )
    heard = ", ".join(row.service for row in hearers(kind)) or "no service; operators and read models"
    pretty = msgspec.json.format(encode(EXAMPLES[kind]), indent=2).decode()
    return (
        f"{_code(' '.join((kind.__doc__ or '').split()))}\n\n"
        f"Subject `{fact_filter(kind)}`, schema {kind.current_schema}, said by {said}, heard by {heard}.\n\n"
        f"{_members(kind, {field.name for field in msgspec.structs.fields(Event)})}\n"
        f"<details><summary>Example</summary>\n\n```json\n{pretty}\n```\n\n</details>\n"
    )
