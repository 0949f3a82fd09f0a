"""XML that agencies made for themselves, read by what a table says of its elements (tables/agencyxml.toml, ADR 22)."""

from __future__ import annotations

from dateline_ingest.formats.agencies.agencystory import story_of
from dateline_ingest.formats.agencies.agencytable import xml_mappings
from dateline_ingest.formats.agencies.agencyxml_item import XmlItem
from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.items import each_read
from dateline_ingest.formats.message import Found, Message, check_entries
from dateline_ingest.formats.nitf import reading as nitf
from dateline_ingest.formats.xml.tree import local, read_xml

NAME = "agency-xml"
ROOTS = frozenset(xml_mappings())


def read(message: Message) -> tuple[Found, ...]:
    """Every story of the message. Raises Unparseable."""
    root = read_xml(message, NAME)
    name = local(root)
    mapping = xml_mappings().get(name)
    items = [] if mapping is None else [XmlItem(one, root, mapping) for one in root.iter(f"{{*}}{mapping.item}")]
    stories = [item for item in items if item.is_one]
    if not stories and nitf.NAME in message.hint:  # what NITF is wrapped in may have any name
        return nitf.read(message)
    if mapping is None or not stories:
        reason = f"XML with the root element <{name}> is read where it holds an agency's story, which this one does not"
        raise Unparseable(f"{reason}; leave it out of this feed", format=NAME, path=f"/{name}")
    check_entries(len(stories), message.limits, NAME)
    return each_read(stories, lambda item: story_of(item, message.limits, NAME))
