"""The path of a story as a Mermaid flowchart, drawn from the flow."""

from __future__ import annotations

from dateline_schemas.events import Event
from dateline_schemas.flow import FLOW, Step
from dateline_schemas.subjects import FEED_EVENTS, ORIGINALS, QUARANTINE, STORIES, TOPICS

_LABELS = {
    TOPICS.name: "TOPICS<br/>what outlets read",
    ORIGINALS.name: "ORIGINALS<br/>bytes as they came",
    FEED_EVENTS.name: "FEED_EVENTS<br/>silent, failing, heard again",
}


def mermaid() -> str:
    """The flowchart: services are boxes, streams are drums, arrows carry events. Ends with a line break."""
    lines = ["flowchart LR", '    feeds(["wire feeds"])', '    operators(["operators"])', '    outlets(["outlets"])']
    lines += [f'    {row.service}["<b>{row.service}</b><br/>{row.does}"]' for row in FLOW]
    lines.append(f'    {STORIES.name}[("{STORIES.name}<br/>the log")]')
    lines += [f'    {stream}[("{_LABELS.get(stream, stream)}")]' for stream in _posted()]
    lines += [f"    feeds --> {row.service}" for row in FLOW if not row.hears]
    lines += [f'    {said} -- "{"<br/>".join(kinds)}" --> {heard}' for (said, heard), kinds in _arrows().items()]
    lines += [f"    {row.service} {_line(stream)} {stream}" for row in FLOW for stream in row.posts]
    if TOPICS.name in _posted():
        lines.append(f"    {TOPICS.name} --> outlets")
    return "\n".join(lines) + "\n"


def hearers(kind: type[Event]) -> tuple[Step, ...]:
    """The services that hear a kind of event."""
    return tuple(row for row in FLOW if kind in row.hears)


def sayers(kind: type[Event]) -> tuple[Step, ...]:
    """The services that say a kind of event."""
    return tuple(row for row in FLOW if kind in row.says)


def _arrows() -> dict[tuple[str, str], list[str]]:
    """(who says, who hears) -> kinds; what no service hears goes to the log alone."""
    arrows: dict[tuple[str, str], list[str]] = {}
    for row in FLOW:
        for kind in row.says:
            sayer = "operators" if kind in row.by_operator else row.service
            for heard in [hearer.service for hearer in hearers(kind)] or [STORIES.name]:
                arrows.setdefault((sayer, heard), []).append(kind.__name__)
    return arrows


def _posted() -> tuple[str, ...]:
    return tuple(dict.fromkeys(stream for row in FLOW for stream in row.posts))


def _line(stream: str) -> str:
    return "-.->" if stream == QUARANTINE.name else "-->"
