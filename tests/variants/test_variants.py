"""A message says the same however it is written and packed: the short form of ``make variants``."""

from __future__ import annotations

from random import Random

import pytest
from examples import tries
from fuzz.seeds import INVENTED, ROOT
from variants.changes import changes, combined
from variants.telling import differences, reading
from variants.wrapping import attached

from dateline_ingest.formats import parse

SAMPLES = {path.name: path.read_bytes() for path in sorted((ROOT / "deploy" / "samples").iterdir())}
MESSAGES = {**{f"invented {number}": data for number, data in enumerate(INVENTED)}, **SAMPLES}
TIMES = tries(60)


@pytest.mark.parametrize("name", MESSAGES)
def test_one_way_at_a_time(name: str) -> None:
    """Encodings, line ends, prefixes, space, CDATA, order, comments, escapes, fillers, archives leave facts alone."""
    data = MESSAGES[name]
    told, random = reading(data), Random(name)
    ways = [(way, change(data, random)) for way, change in changes(data, parse(data).format)]
    assert sum(variant is not None for _, variant in ways) >= 4
    assert not {way: seen for way, variant in ways if variant and (seen := differences(told, reading(variant)))}


@pytest.mark.parametrize("name", MESSAGES)
def test_several_ways_at_once(name: str) -> None:
    """Nor do several of them together."""
    data = MESSAGES[name]
    told, random, format = reading(data), Random(name), parse(data).format
    variants = [combined(data, format, random) for _ in range(TIMES)]
    assert not [seen for variant in variants if variant and (seen := differences(told, reading(variant)))]


@pytest.mark.parametrize("name", [name for name, data in MESSAGES.items() if parse(data).format != "mail"])
def test_attached_to_a_mail(name: str) -> None:
    """As a file of no kind in a mail with a cover note, the message is the story; the mail adds its sender."""
    told, carried = reading(MESSAGES[name]), reading(attached(MESSAGES[name]))
    assert not isinstance(told, str) and not isinstance(carried, str)
    sender = "desk@carrier.example"
    assert all(sender in [credit.value for credit in story.credits] for story in carried)
    fields = {seen.partition(":")[0] for seen in differences(told, carried)}
    assert fields <= {"credits", "version_created"}
