"""An item of NewsML-G2 as a story: its metadata and its content together."""

from __future__ import annotations

from collections.abc import Sequence

from dateline_ingest.formats.credited import first_of
from dateline_ingest.formats.message import Limits
from dateline_ingest.formats.newsml_g2 import properties as g2
from dateline_ingest.formats.newsml_g2.concepts import concepts, of_a_kind, sorted_concepts
from dateline_ingest.formats.newsml_g2.content import Content
from dateline_ingest.formats.newsml_g2.envelope import ITEMS, Envelope
from dateline_ingest.formats.newsml_g2.extensions import EXTENSIONS, tell_extensions
from dateline_ingest.formats.newsml_g2.media import files, linked_files, members
from dateline_ingest.formats.newsml_g2.meta import Meta
from dateline_ingest.formats.newsml_g2.plans import as_news
from dateline_ingest.formats.newsml_g2.rights import rights_of
from dateline_ingest.formats.newsml_g2.spoken import language_of, nearest_text, summary_of
from dateline_ingest.formats.newsml_g2.table import table
from dateline_ingest.formats.nitf.carried import with_heads
from dateline_ingest.formats.notes import CORRECTION
from dateline_ingest.formats.once import once
from dateline_ingest.formats.values.agencytimes import agency_of, clock
from dateline_ingest.formats.values.bylines import joined_bylines
from dateline_ingest.formats.values.clocktimes import dated
from dateline_ingest.formats.values.kinds import item_type
from dateline_ingest.formats.values.status import embargoed_pubstatus, is_pulled, urgency
from dateline_ingest.formats.values.words import fold
from dateline_ingest.formats.xml.text import spaced
from dateline_ingest.formats.xml.tree import Element, local
from dateline_schemas.story import Association, Story, Subject

_DATES = frozenset(("contentCreated", "contentModified"))
"""Those of the item's dates that may name no day."""
_LINKS = ("link", "deliverableOf", "origRep", "altRep")
"""Links, and properties that are one: the plan that an item was made for, and other representations of it."""


def story_of(item: Element, envelope: Envelope, limits: Limits, *, alone: bool) -> Story:
    """An item as a story; ``alone`` in its message, it has that one's identifier, too. Raises Unparseable."""
    if local(item) not in ITEMS:
        as_news(item)
    meta = Meta(item, envelope.schemes, envelope.told())
    if meta.has(EXTENSIONS):
        tell_extensions(item)
        meta = Meta(item, envelope.schemes, envelope.told())
    below = nearest_text(meta.headlines_below, "")
    language = language_of(item, meta)
    headline = nearest_text(meta.headlines, language)
    content = Content(meta.content, limits, headline, item, below=below, language=language)
    if not meta.all("dateline"):
        content.find_dateline(meta.content)
    if not content.body.paragraphs:
        content.write_scripts(meta.all("description"), summary_of(meta, language))
    if not language:
        language = content.language
        content.headline = nearest_text(meta.headlines, language)
    story = _of(item, meta, content, envelope, language, alone=alone)
    return with_heads(story, content.heads)


def _of(item: Element, meta: Meta, content: Content, envelope: Envelope, language: str, *, alone: bool) -> Story:
    schemes = meta.schemes
    stated, grouped = (meta.all("subject"), meta.all("located")), (*meta.all("memberOf"), *meta.all("instanceOf"))
    found = sorted_concepts(*stated, schemes, meta.asserts, alone=meta.unnamed(of_a_kind(meta.told.values())))
    rights, status = rights_of(meta), meta.code("pubStatus")
    embargoed = meta.text("embargoed")
    provider = meta.named("provider")
    agency = agency_of([provider]) or agency_of([meta.code("provider"), *[one.value for one in envelope.credits]])
    embargo = clock(embargoed, agency)
    headline = content.headline or content.title or meta.text("title")
    kind = "composite" if local(item) == "packageItem" else item_type(meta.code("itemClass")) or "text"
    body, is_news = content.body, local(item) in ITEMS
    ends = body.end_credits() if is_news else ()  # lines of a plan are short, too
    notes = [text for note in meta.all("edNote") if (text := spaced(note))] + content.notes + _undated(meta)
    return Story(
        guid=fold(item.get("guid") or ""),
        version=(item.get("version") or "").strip(),
        alt_ids=_alt_ids(meta, envelope.transmit_id if alone else ""),
        type=kind,
        language=language,
        headline=headline,
        subheadline=nearest_text(meta.headlines_below, language) or content.subtitle,
        slugline=meta.line("slugline", language),
        byline=joined_bylines(meta.variant("by", language)) or first_of(content.credits, "byline"),
        dateline=meta.line("dateline", language) or first_of(content.credits, "dateline"),
        summary=summary_of(meta, language) or content.summary,
        paragraphs=body.paragraphs,
        body_html=body.html,
        urgency=urgency(meta.text("urgency")),
        pubstatus=embargoed_pubstatus(status, embargoed or _without_end(meta), embargo),
        pulled=is_pulled(status),
        embargo=embargo,
        first_created=clock(meta.text("firstCreated") or meta.text("contentCreated"), agency),
        version_created=clock(meta.text("versionCreated"), agency),
        subjects=once([*found.subjects, *concepts(grouped, schemes, meta.asserts)]),
        places=found.places,
        people=found.people,
        organisations=found.organisations,
        keywords=once([text for word in meta.all("keyword") if (text := spaced(word))]),
        genres=concepts(meta.all("genre"), schemes, meta.asserts),
        provider=provider,
        creditline=meta.line("creditline", language),
        copyright_holder=meta.named("copyrightHolder"),
        copyright_notice=meta.spoken("copyrightNotice", language),
        usage_terms=meta.spoken("usageTerms", language),
        rights=rights.stated,
        expires=rights.expires,
        ed_note="\n".join(dict.fromkeys(notes)) if notes else "",
        signals=_signals(meta, envelope),
        credits=once([*envelope.credits, *meta.credits, *content.credits, *ends]),
        associations=members(meta.groups, schemes)
        + _files(meta, content.files, kind, headline, language)
        + once([*content.media, *linked_files(meta.all("link"), schemes)]),
        links=g2.links([one for name in _LINKS for one in meta.all(name)], schemes) + rights.links,
    )


def _undated(meta: Meta) -> list[str]:
    """The line for editors about dates that name no day (TruncatedDateTimePropType: gYear, gYearMonth).

    They are no moments. Of an old picture often no more is known.
    """
    if not meta.has(_DATES):
        return []
    said = dated(*[spaced(one) for name in sorted(_DATES) for one in meta.all(name)])
    return [said] if said else []


def _without_end(meta: Meta) -> str:
    """Why a story without a time of release waits: an empty ``embargoed`` is an embargo until further notice.

    Its value is a time or null in the schema. Of an item that says outright that it is usable it counts as left out:
    software that fills in forms writes it into everything (Scoop).
    """
    return "until further notice" if meta.all("embargoed") and not meta.code("pubStatus") else ""


def _alt_ids(meta: Meta, transmit_id: str) -> tuple[Subject, ...]:
    found = list(g2.alt_ids(meta.all("altId"), meta.schemes))
    for element in meta.all("versionedId"):
        if guid := fold(element.get("guid") or ""):
            found.append(Subject(scheme="versionedId", code=guid))
    if transmit_id:
        found.append(Subject(scheme="transmitId", code=transmit_id))
    return tuple(found)


def _signals(meta: Meta, envelope: Envelope) -> tuple[str, ...]:
    """Signals of the item and of its message, each with its severity, and with what a provider's own means to IPTC.

    Warnings about the content are, too, and a note to editors whose role says that it corrects (dpa) is one.
    """
    found: dict[str, None] = {}
    for sign in (*meta.all("signal"), *envelope.signals, *meta.all("contentWarning")):
        stated = sign.get("qcode") or sign.get("uri")
        if code := meta.schemes.qcode(stated) if stated else g2.named(sign):
            found[code] = None
            if meant := table().signals.get(code):
                found[meant] = None
        if severity := g2.attribute(sign, "severity", meta.schemes):
            found[severity] = None
    for note in meta.all("edNote"):
        if "correction" in (note.get("role") or "").lower() and spaced(note):
            found[CORRECTION] = None
    return tuple(found)


def _files(meta: Meta, held: Sequence[Element], kind: str, headline: str, language: str) -> tuple[Association, ...]:
    """Renditions; those of a picture, film, sound or graphic with its caption and credit."""
    icons = files(meta.all("icon"), meta.schemes)
    if not held:
        return icons
    if kind in ("text", "composite"):
        return files(held, meta.schemes) + icons
    captions = [one for one in meta.all("description") if "caption" in one.get("role", "").lower()]
    caption = nearest_text(captions, language) or summary_of(meta, language)
    creditline = meta.line("creditline", language)
    return files(held, meta.schemes, headline=headline, caption=caption, creditline=creditline) + icons
