"""The parts of a NewsML 1 message that are about all of it: NewsEnvelope, TopicSets, language (NewsML 1.2, 5.2)."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree
from msgspec import Struct

from dateline_ingest.formats.newsml_1.elements import parties, text_of
from dateline_ingest.formats.newsml_1.subjects import Topics
from dateline_ingest.formats.values.words import fold
from dateline_ingest.formats.xml.tree import XML_LANG, Element, children, local_of, tagged
from dateline_schemas.story import CreditElement

_AGENTS = frozenset(("people", "organisations"))
_LONGEST_NAME = 200
"""Characters. Many parties may point to one Topic, and each is given a name of its own."""


class Envelope(Struct, frozen=True):
    """Who sent the message, in which service, in which language, with which Topics."""

    credits: tuple[CreditElement, ...]
    sent: list[tuple[str, str]]
    """The message's own identifier, where it holds one item."""
    topics: Topics
    language: str


def envelope_of(root: Element, *, alone: bool) -> Envelope:
    """The envelope; ``alone`` the item in it has the message's identifier, too."""
    parts = [said for part in children(root) if local_of(part.tag) == "NewsEnvelope" for said in tagged(part)]
    told = (text_of(element) for name, element in parts if alone and name == "TransmissionId")
    sent = [("transmissionid", text) for text in told if text]
    topics, language = Topics(root), root.get(XML_LANG, "").strip()
    if topics:
        _name_parties(root, topics, language)
    return Envelope(tuple(_senders(parts)), sent, topics, language)


def _name_parties(root: Element, topics: Topics, language: str) -> None:
    """Give each Party that points to a Topic the name in that Topic; a Topic may also be about a role."""
    for party in root.iter("{*}Party"):
        reference = party.get("Topic")
        kind, topic = (topics.of(reference, language) if reference else None) or ("", None)
        if topic is None or not 0 < len(topic.name) <= _LONGEST_NAME:
            continue
        if kind in _AGENTS or topic.code == fold(party.get("FormalName", "")):
            etree.SubElement(party, "Property", FormalName="Name", Value=topic.name)


def _senders(parts: list[tuple[str, Element]]) -> Iterator[CreditElement]:
    for name, element in parts:
        if name == "SentFrom":
            for credit in parties(element, "provider"):
                yield CreditElement(where="provider", value=credit.value, role="SentFrom")
        elif name in ("NewsService", "NewsProduct") and (value := fold(element.get("FormalName", ""))):
            role = "" if name == "NewsService" else name
            yield CreditElement(where="service", value=value, role=role)
