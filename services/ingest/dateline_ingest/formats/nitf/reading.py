"""NITF 3.0 to 3.6 as a message of its own: one ``nitf``, or several in a wrapper."""

from __future__ import annotations

from datetime import datetime

from lxml import etree

from dateline_ingest.formats.credited import first_of
from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.items import each_read
from dateline_ingest.formats.markup.body import Body
from dateline_ingest.formats.markup.writer import BodyWriter
from dateline_ingest.formats.message import Found, Limits, Message, bytes_urn, check_count, check_story
from dateline_ingest.formats.nitf.body import Nitf, is_nitf
from dateline_ingest.formats.nitf.docdata import head_of
from dateline_ingest.formats.nitf.head import Head
from dateline_ingest.formats.nitf.rights import limitations_in, rights_in
from dateline_ingest.formats.nitf.table import Provider, names
from dateline_ingest.formats.nitf.xmlnews import resource_of, told
from dateline_ingest.formats.once import lines_once, once
from dateline_ingest.formats.plainlines import with_plain_lines
from dateline_ingest.formats.textwire.embargo import embargo_in
from dateline_ingest.formats.values.bylines import joined_bylines
from dateline_ingest.formats.values.clocktimes import moment
from dateline_ingest.formats.values.dateline import dateline_of
from dateline_ingest.formats.values.status import is_pulled, pubstatus, urgency
from dateline_ingest.formats.values.words import fold
from dateline_ingest.formats.xml.tree import Element, children, local, local_of, read_elements
from dateline_schemas.story import Link, Pubstatus, Story, Subject

NAME = "nitf"
ROOTS = frozenset(("nitf", "nitfs", "nitf-list", "nitf-documents", "document"))
_HEAD = frozenset(("body.head", "hedline", "headline", "byline", "dateline", "abstract", "note", "rights"))
"""What is no text in a body without body.content: XMLNews-Story, of which NITF was made, has headlines in the body."""


def read(message: Message) -> tuple[Found, ...]:
    """Every document of the message. Raises Unparseable."""
    root, *_held = read_elements(message, NAME)
    single = is_nitf(root) and not (len(root) and is_nitf(root[0]))
    documents = [root] if single else list(root.iterdescendants("{*}nitf"))
    check_count(len(documents), message.limits, NAME)
    if not documents:
        raise Unparseable("the message holds no nitf element; nothing to take in", format=NAME, path=f"/{local(root)}")
    data = message.data if len(documents) == 1 else b""
    return each_read(documents, lambda document: _told(document, data, message.limits))


def _told(document: Element, data: bytes, limits: Limits) -> Story:
    """The document's story, with what a resource beside it says (XMLNews)."""
    story = _story(document, data, limits)
    resource = resource_of(document)
    return story if resource is None else check_story(told(story, resource), limits, NAME)


def _story(root: Element, data: bytes, limits: Limits) -> Story:
    """``data``: the document's own bytes, where they are known."""
    nitf = Nitf(root)
    head = head_of(nitf)
    if not names().says_nothing(uno := fold(root.get("uno") or "")):
        head.alt_ids.append(Subject(scheme="uno", code=uno))
    stated = [*head.credits, *nitf.credits]
    provider = first_of(nitf.credits, "provider") or next(iter(head.senders), "")
    owners = [credit.value for credit in stated if credit.where in ("provider", "copyrightholder")]
    known = names().provider([*head.senders, *owners])
    body = _body(nitf, root, limits, head.notes)
    embargo, status = _release(head, nitf, known)
    texts = _Texts(head, nitf, body, known)
    if known.byline:  # what stands there is no byline
        stated = [credit for credit in stated if credit.where != "byline"]
    credits = (*stated, *body.end_credits())
    story = Story(
        guid=head.guid or head.key or head.page or bytes_urn(data or etree.tostring(root, with_tail=False)),
        version=head.version if head.version.isascii() and head.version.isdigit() else "",
        alt_ids=once(head.alt_ids),
        take=_take(head),
        type=nitf.media[0].type or "text" if nitf.media and not body.paragraphs else "text",
        language=nitf.language or head.language,
        headline=texts.headline,
        subheadline=texts.subheadline,
        slugline=texts.slugline,
        byline=texts.byline,
        dateline=texts.dateline,
        summary=nitf.summary,
        paragraphs=body.paragraphs,
        body_html=body.html,
        urgency=urgency(head.urgency),
        pubstatus=status,
        pulled=is_pulled(head.status),
        embargo=embargo,
        first_created=moment(head.dates.get("first", ""), known.key),
        version_created=moment(_issued(head, nitf) or head.dates.get("date.release", ""), known.key),
        subjects=once(head.subjects),
        places=once(head.places),
        people=once(head.people),
        organisations=once(head.organisations),
        keywords=once(head.keywords),
        genres=once(head.genres),
        provider=provider,
        copyright_holder=head.owner or first_of(stated, "copyrightholder"),
        copyright_notice=next(iter(nitf.notices), "") or first_of(head.credits, "copyrightnotice") or head.copyright,
        usage_terms=lines_once((*limitations_in(head.rights), nitf.usage)),
        rights=rights_in(head.rights, known.key),
        expires=moment(head.dates.get("date.expire", ""), known.key),
        ed_note="\n".join(dict.fromkeys([*head.notes, *nitf.notes, *filter(None, head.revised[1:])])),
        signals=("sig:correction",) if head.correction else (),
        credits=once(credits),
        associations=once(nitf.media),
        links=once([*head.links, *([Link(href=head.page, rel="canonical")] if head.page else ())]),
    )
    return check_story(with_plain_lines(story), limits, NAME)


class _Texts:
    """The lines that editors see, with the provider's way of filling them taken into account."""

    __slots__ = ("byline", "dateline", "headline", "slugline", "subheadline")

    def __init__(self, head: Head, nitf: Nitf, body: Body, known: Provider) -> None:
        self.headline = nitf.title or head.title
        self.subheadline = nitf.subtitle if nitf.subtitle != self.headline else ""
        self.byline = joined_bylines(nitf.bylines)
        self.dateline = next(iter(nitf.datelines), "") or dateline_of(next(iter(body.paragraphs), ""))
        self.slugline = head.slugline
        if known.byline == "subheadline":
            self.subheadline, self.byline = self.subheadline or self.byline, ""
        if known.hl2 == "slugline":
            self.slugline, self.subheadline = self.slugline or self.subheadline, ""
        named_by_title = known.title == "slugline" or " " not in head.title
        if head.title and head.title != self.headline and named_by_title:
            self.slugline = self.slugline or head.title


def _body(nitf: Nitf, root: Element, limits: Limits, notes: list[str]) -> Body:
    skip = nitf.repeated()
    writer = BodyWriter(depth=limits.depth, elements=limits.elements, headline=nitf.title, skip=skip)
    try:
        if nitf.has_content:
            nitf.write(writer, limits, notes)
        else:
            for part in () if nitf.body is None else children(nitf.body):
                if local_of(part.tag) not in _HEAD:
                    writer.add(part)
    except Unparseable as fault:
        raise Unparseable(fault.reason, format=NAME, line=root.sourceline) from fault
    return writer.body()


def _release(head: Head, nitf: Nitf, known: Provider) -> tuple[datetime | None, Pubstatus]:
    """When the story may run, and its status.

    date.release is an embargo where the status says embargoed, where it lies after date.issue, and where nothing says
    when the story was issued. An embargo that is only told in words counts too; one that cannot be told leaves the
    story withheld.
    """
    issued = moment(_issued(head, nitf), known.key)
    released = moment(head.dates.get("date.release", ""), known.key)
    embargoed = head.status.lower() == "embargoed"
    embargo = released if embargoed or (released and (issued is None or released > issued)) else None
    if embargoed and embargo is None:
        agency = known.key
        told = (embargo_in(note, anywhere=True, sent=issued, agency=agency) for note in (*head.notes, *nitf.notes))
        embargo = next((one.until for one in told if one and one.until), None)
    return embargo, pubstatus(head.status, embargoed=embargo is not None)


def _issued(head: Head, nitf: Nitf) -> str:
    """When the document was issued, as it says: date.issue, else story.date, else when it was published."""
    return head.dates.get("date.issue") or nitf.written or head.dates.get("date.publication", "")


def _take(head: Head) -> int:
    """The part of a dynamic use key, where the documents of the key share it as their identifier."""
    if head.guid or not head.key or not (head.part.isascii() and head.part.isdigit()):
        return 0
    return int(head.part) if len(head.part) <= 3 else 0
