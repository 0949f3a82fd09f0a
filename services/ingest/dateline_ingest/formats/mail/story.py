"""The story that a mail's own text is: read as a text wire, with what the headers say."""

from __future__ import annotations

import re
from email.message import Message as Mail
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from dateline_ingest.formats.credited import credited
from dateline_ingest.formats.mail.form import form_story
from dateline_ingest.formats.mail.headers import address, header
from dateline_ingest.formats.mail.heading import TOP, sourced, titled, under_greeting, untitled
from dateline_ingest.formats.mail.origin import (
    identity,
    links_of,
    origins_of,
    own_id,
    provider_of,
    sent_at,
    subject_of,
    wire_headers,
)
from dateline_ingest.formats.mail.parts import Parts
from dateline_ingest.formats.mail.table import mail_marks
from dateline_ingest.formats.mail.text import MailText, is_answer, prefixless, story_text
from dateline_ingest.formats.mail.written import left, written_text
from dateline_ingest.formats.markup.body import Body, body_of_lines
from dateline_ingest.formats.markup.strings import paragraphs_of
from dateline_ingest.formats.message import Limits
from dateline_ingest.formats.once import lines_once, once
from dateline_ingest.formats.text.fields import fields_of
from dateline_ingest.formats.textwire.closing import end_lines, is_end_sign
from dateline_ingest.formats.textwire.conventions import said_in
from dateline_ingest.formats.textwire.head import is_byline
from dateline_ingest.formats.textwire.ids import wire_version
from dateline_ingest.formats.textwire.lines import is_prose, kinds_told, may_state_kind
from dateline_ingest.formats.textwire.said import Said
from dateline_ingest.formats.textwire.slugs import has_marks, slug_of
from dateline_ingest.formats.values.dateline import agency_in, dateline_of, reporter_in
from dateline_ingest.formats.values.status import urgency
from dateline_ingest.formats.values.words import fold
from dateline_ingest.instants import instant, rfc3339
from dateline_schemas.story import CreditElement, Story, Subject

_FEW = 60
"""Words up to which a text may be an answer to somebody, and no copy."""
_LONGEST_HEADLINE = 140
_NAMING = re.compile(r"[^\W_][\w.]*(?:[-/]{1,2}[\w.]+)+/?")


class OwnText(Struct, frozen=True):
    """What a mail's own text is."""

    story: Story
    """Without paragraphs if there is no text."""
    chats: bool
    """Whether it answers another mail in a few words that are no copy, nor say anything of a story's state."""


def own_text(mail: Mail, parts: Parts, limits: Limits) -> OwnText:
    """The story in the mail's text. Raises Unparseable for too much of it."""
    subject = subject_of(mail)
    written = written_text(parts, limits, headline=prefixless(subject))
    found = story_text(written.text, subject)
    form = form_story(found.text, limits)
    if form is not None:
        return OwnText(_with_headers(form, mail, found, None), chats=False)
    reading = _Text(mail, found, left(written, found.text))
    story = reading.story()
    short = sum(len(line.split()) for line in story.paragraphs) <= _FEW
    plain = not (story.signals or story.dateline or story.embargo or story.take or story.pubstatus != "usable")
    return OwnText(story, chats=found.answers and short and plain and not reading.is_labelled and is_answer(subject))


class _Text:
    """A mail's text being read."""

    def __init__(self, mail: Mail, found: MailText, marked: Body | None) -> None:
        self._mail, self._found, self._marked = mail, found, marked
        self._sent = instant(found.date) or sent_at(mail)
        self._subject = prefixless(found.subject or subject_of(mail))
        self._wire = wire_headers(mail)
        self._fields = fields_of(found.text, least=2, line_of=fold)
        if marked is not None and not self._fields.values:
            self._lines = list(marked.paragraphs)
        else:
            self._lines = list(paragraphs_of(self._fields.rest if self._fields.values else found.text))

    @property
    def is_labelled(self) -> bool:
        """Whether it has labelled lines, or its subject is a keyword."""
        return bool(self._fields.values) or bool(self._keyword())

    def story(self) -> Story:
        """All of it."""
        fields, lines = self._fields, self._lines
        headline = fields.get("headline") or self._subject
        short = len(lines) > 1 and len(lines[0]) <= _LONGEST_HEADLINE
        if short and self._keyword() == headline and (dateline_of(lines[1]) or not is_prose(lines[0])):
            headline, lines = lines[0], lines[1:]
        lines = untitled(lines, headline)
        byline = fields.get("byline")
        for at, line in enumerate(lines[:TOP]):
            if not byline and is_byline(line):
                byline = line
                lines = [*lines[:at], *lines[at + 1 :]]
                break
        source, lines = sourced(lines)
        dateline = fields.get("dateline") or next((place for line in lines[:TOP] if (place := dateline_of(line))), "")
        agency = agency_in(dateline) or fields.get("credit") or address(self._mail, "From")[0]
        said = self._said(headline, lines, agency)
        lines = untitled([line for line in lines if line not in said.marks], headline)
        while len(lines) > 1 and is_end_sign(lines[-1]):
            lines.pop()
        body = self._body(lines)
        return self._written(headline, byline, (source, dateline), agency, body, said)

    def _keyword(self) -> str:
        """The labelled keyword; or the subject, where it has a keyword's form: ``River-bridge, 2nd Ld``."""
        named = _NAMING.fullmatch(slug_of(self._subject).name) is not None
        return self._fields.get("slugline") or self._wire.slugline or (self._subject if named else "")

    def _said(self, headline: str, lines: list[str], agency: str) -> Said:
        keyword, head = self._keyword(), (headline,) if headline else ()
        few = sum(len(line.split()) for line in lines) <= _FEW
        copy = not few or any(map(dateline_of, lines[:TOP]))
        note = (*filter(None, self._found.note.split("\n")), *under_greeting(lines))
        # Copy above a mail that it answers is under the embargo that this one states, too.
        notes, quoted = (note, self._found.quoted) if copy else ((*note, *lines), ())
        said_of = partial(said_in, sent=self._sent, agency=agency, notes=notes, quoted=quoted)
        above = None
        if self._found.answers and is_answer(subject_of(self._mail)):
            # The subject says what the mail was that this one answers; but copy below it is under the same embargo.
            above = said_of("", head, ()) if copy else None
            keyword, head = slug_of(keyword).name, ()
        elif (
            not keyword
            and has_marks(self._subject)
            and not any(one.how == "titled" for one in kinds_told(headline, True))
        ):
            keyword = self._subject
        if few:  # a note about a story opens with what it says of it
            head, lines = (*head, *lines[:1]), lines[1:]
        said = said_of(keyword, (*filter(may_state_kind, note), *head), tuple(lines))
        if few and mail_marks().recall.match(next(iter(self._lines), "")):
            said = said.doubted()
        return said.held_as(above) if above else said

    def _body(self, lines: list[str]) -> Body:
        if self._marked is not None and tuple(lines) == self._marked.paragraphs:
            return self._marked
        return body_of_lines(tuple(lines))

    def _written(
        self, headline: str, byline: str, origin: tuple[str, str], agency: str, body: Body, said: Said
    ) -> Story:
        fields, (source, dateline) = self._fields, origin
        byline = byline or reporter_in(next(iter(body.paragraphs), ""), dateline)
        status, embargo, held = fields.clearance(said, self._sent, agency)
        stated = (("source", fields.get("credit") or source), ("byline", byline), ("dateline", dateline))
        notes = (fields.get("ednote"), held, said.ed_note)
        story = Story(
            guid=fields.get("guid"),
            version=fields.get("version"),
            take=said.take,
            language=fields.get("language"),
            headline=titled(headline, said, body),
            slugline=self._keyword(),
            byline=byline,
            dateline=dateline,
            paragraphs=body.paragraphs,
            body_html=body.html,
            urgency=urgency(fields.get("urgency")) or said.urgency or self._wire.urgency,
            pubstatus=status,
            embargo=embargo,
            version_created=fields.date,
            subjects=self._wire.subjects,
            ed_note=lines_once(notes),
            creditline=fields.get("credit"),
            signals=said.signals,
            credits=credited((*stated, *[("endline", line) for line in end_lines(body.paragraphs)])),
            links=said.links,
        )
        return _with_headers(story, self._mail, self._found, said)


def _with_headers(story: Story, mail: Mail, found: MailText, said: Said | None) -> Story:
    """What the headers add to what the text says."""
    sent = instant(found.date) or sent_at(mail)
    origins = origins_of(mail)
    if found.sender:
        origins.append(CreditElement(where="creator", value=found.sender, role="forwarded"))
    guid, own = story.guid or identity(story, mail, said, sent), own_id(mail)
    version = story.version or (
        wire_version(sent, lead=said.lead, take=said.take, correction=said.corrects, kill=said.killed)
        if said
        else rfc3339(sent)
    )
    return replace(
        story,
        guid=guid,
        version=version,
        alt_ids=(*story.alt_ids, Subject(code=own, scheme="message-id")) if own and own != guid else story.alt_ids,
        language=story.language or header(mail, "Content-Language").partition(",")[0].strip(),
        expires=instant(header(mail, "Expires")) or instant(header(mail, "Expiry-Date")),
        version_created=sent or story.version_created,
        keywords=story.keywords or tuple(filter(None, map(fold, header(mail, "Keywords").split(",")))),
        provider=story.provider or provider_of(mail),
        ed_note="\n".join(filter(None, (story.ed_note, header(mail, "Comments")))),
        credits=once([*origins, *story.credits]),
        links=once([*story.links, *links_of(mail)]),
    )
