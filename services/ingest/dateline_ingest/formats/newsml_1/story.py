"""An item of NewsML 1 as a story: its management, its identity and its contents together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from dateline_ingest.formats.markup.hrefs import is_web_address
from dateline_ingest.formats.message import Limits
from dateline_ingest.formats.newsml_1.contents import Contents
from dateline_ingest.formats.newsml_1.envelope import Envelope
from dateline_ingest.formats.newsml_1.identity import Identity, identifiers, identity_of
from dateline_ingest.formats.newsml_1.management import Management
from dateline_ingest.formats.newsml_1.subjects import about
from dateline_ingest.formats.newsml_1.table import names, plain
from dateline_ingest.formats.newsml_1.tree import components_of
from dateline_ingest.formats.nitf.carried import clearance_with, with_heads
from dateline_ingest.formats.nitf.head import Head
from dateline_ingest.formats.notes import Clearance
from dateline_ingest.formats.once import lines_once, once
from dateline_ingest.formats.values.agencytimes import agency_of, clock
from dateline_ingest.formats.values.bylines import joined_bylines
from dateline_ingest.formats.values.status import is_pulled, pubstatus, urgency
from dateline_ingest.formats.values.tongues import primary
from dateline_ingest.formats.values.words import bare
from dateline_ingest.formats.xml.tree import XML_LANG, Element
from dateline_schemas.story import CreditElement, Link, Story, Subject, UsageRight


def story_of(item: Element, envelope: Envelope, limits: Limits) -> Story:
    """An item as a story; what the message as a whole says stands in for what it leaves out. Raises Unparseable."""
    senders = (credit.value for credit in envelope.credits if credit.where == "provider")
    said, labels = identifiers(item)
    agency = agency_of([said["ProviderId"], *senders])
    management = Management(item, agency)
    contents = Contents(components_of(item), limits, item.get(XML_LANG, "").strip())
    signals = (names().signals.get(plain(value), "") for _, value in contents.properties("signal"))
    management.signals.extend(filter(None, signals))
    content = (contents.line("headline"), *contents.body.paragraphs, *(one.href for one in contents.associations))
    guids = [("guid", text) for text in contents.lines("identifier")]
    others = [*dict.fromkeys((*guids, *contents.properties("identifier"))), *labels, *envelope.sent]
    identity = identity_of(said, management.first_created, others, content)
    language = _language(item, contents) or envelope.language
    return _of(contents, management, identity, envelope, agency=agency, language=language)


def _of(
    contents: Contents, management: Management, identity: Identity, envelope: Envelope, *, agency: str, language: str
) -> Story:
    """The story of an item; dates without a zone are by the clock of the ``agency``."""
    credits, heads = [*_credits(contents, identity, envelope)], contents.heads
    first = {credit.where: credit.value for credit in reversed(credits)}
    notes = _notes(management, contents)
    version_created = clock(management.version_created, agency)
    created = management.first_created or ("" if version_created else identity.dated)
    by = agency or first.get("provider", "")
    clearance, expires = _clearance(management, heads, notes, version_created, by)
    found = about(contents.components, heads, envelope.topics, language)
    rights = once(right for one in contents.components for right in one.rights)
    headline = contents.line("headline") or contents.title or contents.said("title")
    story = Story(
        guid=identity.guid,
        version=identity.version,
        alt_ids=_alt_ids(contents, identity),
        type=contents.type,
        language=language,
        headline=headline,
        subheadline=_subheadline(contents, headline),
        slugline=contents.line("slugline") or identity.label,
        byline=_byline(contents) or first.get("byline", ""),
        dateline=contents.line("dateline") or first.get("dateline", ""),
        summary=contents.said("summary") or contents.line("summary") or _of_nitf(contents, "summary"),
        paragraphs=contents.body.paragraphs,
        body_html=contents.body.html,
        urgency=management.urgency or _urgency(contents, identity.provider),
        pubstatus=clearance.status,
        pulled=clearance.status == "withheld" and is_pulled(management.status),
        embargo=clearance.embargo,
        first_created=clock(created, agency),
        version_created=version_created,
        subjects=found.subjects,
        places=found.places,
        people=found.people,
        organisations=found.organisations,
        keywords=found.keywords,
        genres=found.genres,
        provider=first.get("provider", ""),
        creditline=first.get("creditline", ""),
        copyright_holder=first.get("copyrightholder", ""),
        copyright_notice=first.get("copyrightnotice", ""),
        usage_terms=_terms(contents, rights),
        rights=rights,
        expires=expires,
        ed_note="\n".join(notes),
        signals=once(management.signals),
        credits=once([*credits, *contents.own]),
        associations=contents.associations,
        links=once(_links(identity, management, contents)),
    )
    return with_heads(story, heads)


def _byline(contents: Contents) -> str:
    """All bylines of the text; the first where lines are in several languages, since the others may say the same."""
    if len(lines := contents.lines("byline")) < 2:
        return "".join(lines)
    if len({primary(tongue) for one in contents.components for tongue in one.tongues.values()}) > 1:
        return lines[0]
    texts = (one for one in contents.components if one.role not in ("caption", "summary"))
    own = [line for one in texts for meaning, line in one.lines if meaning == "byline"]
    return joined_bylines(own) or lines[0]


def _alt_ids(contents: Contents, identity: Identity) -> tuple[Subject, ...]:
    """The item's other identifiers; its name for people is one where a slug line stands beside it."""
    slugline = contents.line("slugline")
    if not slugline or identity.label in ("", slugline):
        return identity.alt_ids
    return once([*identity.alt_ids, Subject(scheme="namelabel", code=identity.label)])


def _terms(contents: Contents, rights: Sequence[UsageRight]) -> str:
    said = [*contents.lines("usageterms"), *(one.type for one in rights), *(one.limitations for one in rights)]
    return lines_once(said)


def _clearance(
    management: Management, heads: Sequence[Head], notes: list[str], sent: datetime | None, agency: str
) -> tuple[Clearance, datetime | None]:
    """Whether and from when the item may be used, by its fields and its notes; and until when.

    An item whose status is embargoed is withheld where neither tells until when.
    """
    status, embargo, expires = management.clearance()
    waits = status == "withheld" and pubstatus(management.status, embargoed=True) == "usable"
    stated = Clearance("usable" if waits else status, embargo)
    found = clearance_with(stated, heads, notes, sent=sent, agency=agency)
    return (Clearance("withheld", None) if waits and found.embargo is None else found), expires


def _credits(contents: Contents, identity: Identity, envelope: Envelope) -> Iterator[CreditElement]:
    yield from contents.credits
    yield from contents.body.end_credits()
    yield from envelope.credits
    if identity.provider_id:
        yield CreditElement(where="provider", value=identity.provider_id, role="ProviderId")


def _subheadline(contents: Contents, headline: str) -> str:
    """The headline below; for want of one a title that the text has of its own, where the item is headed otherwise."""
    stated = contents.line("subheadline") or contents.said("subtitle") or _of_nitf(contents, "subtitle")
    own = contents.said("title")
    return stated or (own if bare(own) != bare(headline) else "")


def _of_nitf(contents: Contents, name: str) -> str:
    return next((text for nitf in contents.nitfs if (text := getattr(nitf, name))), "")


def _language(item: Element, contents: Contents) -> str:
    stated = next((one.language for one in contents.components if one.language), "")
    return stated or item.get(XML_LANG, "").strip()


def _notes(management: Management, contents: Contents) -> list[str]:
    """What is said to editors, each once."""
    stated = (value for _, value in contents.properties("note"))
    found = [*management.notes, *contents.lines("note"), *contents.lines("other"), *stated, *contents.notes]
    return [note for note in dict.fromkeys(found) if note]


def _urgency(contents: Contents, provider: str) -> int | None:
    name = names().provider(provider).urgency
    if not name:
        return None
    values = (value for one in contents.components for _, said, value in one.properties if said == name)
    return urgency(next(values, ""))


def _links(identity: Identity, management: Management, contents: Contents) -> Iterator[Link]:
    yield from identity.previous
    yield from management.links
    for one in contents.components:
        for source in one.sources:
            yield Link(href=source, rel="source")
    for name, value in contents.properties(""):
        if value[:4] == "http" and is_web_address(value):
            yield Link(href=value, rel=name)
    for href in contents.lines("link"):
        yield Link(href=href, rel="more")
