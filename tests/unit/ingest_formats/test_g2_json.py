"""NewsML-G2 in JSON: the same story as from XML."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dateline_ingest.formats import Unparseable, parse
from dateline_schemas.story import Story

PAGE = '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>Boats wait.</p><p>Till noon.</p></body></html>'
ITEM = {
    "_guid": "tag:wire.example,2026:boats",
    "_version": 3,
    "_standard": "NewsML-G2",
    "_xml:lang": "en",
    "rightsInfo": [{"copyrightHolder": {"_literal": "Sample Wire"}}],
    "itemMeta": {
        "itemClass": {"_qcode": "ninat:text", "_ext:kind": "A"},
        "provider": {"_literal": "wire.example"},
        "versionCreated": {"$": "2026-03-26T10:15:00.000Z"},
        "pubStatus": {"_qcode": "stat:usable"},
        "signal": [{"_qcode": "sig:correction"}],
        "ext:versionedId": [{"_guid": "tag:wire.example,2026:boats:3"}],
    },
    "contentMeta": {
        "urgency": {"$": 2},
        "language": [{"_tag": "en"}],
        "subject": [{"_qcode": "medtop:20000001", "name": [{"_xml:lang": "en", "$": "sea\u0000 travel"}]}],
        "headline": [{"_dir": "ltr", "$": "Boats & ferries wait"}, None],
    },
    "contentSet": {"inlineXML": [{"_contenttype": "application/xhtml+xml", "$": PAGE}]},
}
XML = (
    '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="tag:wire.example,2026:boats" version="3" '
    'standard="NewsML-G2" xml:lang="en"><rightsInfo><copyrightHolder literal="Sample Wire"/></rightsInfo><itemMeta>'
    '<itemClass qcode="ninat:text"/><provider literal="wire.example"/><versionCreated>2026-03-26T10:15:00.000Z'
    '</versionCreated><pubStatus qcode="stat:usable"/><signal qcode="sig:correction"/></itemMeta><contentMeta>'
    '<urgency>2</urgency><language tag="en"/><subject qcode="medtop:20000001"><name xml:lang="en">sea travel</name>'
    "</subject><headline>Boats &amp; ferries wait</headline></contentMeta><contentSet><inlineXML "
    f'contenttype="application/xhtml+xml">{PAGE}</inlineXML></contentSet></newsItem>'
)


def stories(answer: Any) -> tuple[Story, ...]:
    """The stories of an answer, which is told to be G2 in JSON."""
    found = parse(json.dumps(answer).encode())
    assert found.format == "newsml-g2-json"
    return found.stories


def test_it_reads_as_the_same_item_in_xml() -> None:
    """All but what has a prefix that is never declared; characters that XML does not have go."""
    [found] = stories({"newsItem": ITEM, "topics": []})
    assert [found] == list(parse(XML.encode()).stories)
    assert (found.headline, found.paragraphs) == ("Boats & ferries wait", ("Boats wait.", "Till noon."))


def test_several_items_in_an_answer_or_answers_in_a_list() -> None:
    """All are read, in their order."""
    other = {**ITEM, "_guid": "tag:wire.example,2026:ferries"}
    guids = ["tag:wire.example,2026:boats", "tag:wire.example,2026:ferries"]
    assert [one.guid for one in stories({"newsItem": [ITEM, other]})] == guids
    assert [one.guid for one in stories([{"newsItem": ITEM}, {"newsItem": other}])] == guids


@pytest.mark.parametrize(
    "item", [{"_guid": "", "itemMeta": {}}, {"itemMeta": [1, True, {"a b": "_guid"}], "_guid": {}}]
)
def test_an_item_without_a_guid_is_refused(item: dict[str, Any]) -> None:
    """As in XML, whatever else is odd about it."""
    with pytest.raises(Unparseable, match="newsml-g2-json: the story has no identifier"):
        parse(json.dumps({"newsItem": item}).encode())
