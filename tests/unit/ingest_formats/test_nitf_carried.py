"""NITF inside NewsML or ninjs: its head fills what the message leaves out, and no embargo or kill in it is missed."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeAlias

import pytest

from dateline_ingest.formats import parse
from dateline_schemas.story import Story, Subject, UsageRight

Message: TypeAlias = Callable[[str], bytes]
RELEASED = datetime(2026, 7, 16, 6, tzinfo=UTC)


def nitf(docdata: str = "", status: str = "") -> str:
    """A document with this docdata; nothing in it is from a real wire."""
    return (
        f'<nitf><head><docdata management-status="{status}">{docdata}</docdata></head><body><body.head><hedline>'
        "<hl1>Nets are dry</hl1></hedline></body.head><body.content><p>Nets are dry in Upper Vale.</p></body.content>"
        "</body></nitf>"
    )


def g2(document: str, meta: str = "", content: str = "") -> bytes:
    """A NewsML-G2 item that carries the document."""
    return (
        '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:x:nets" version="1"><itemMeta>'
        f"<versionCreated>2026-07-15T12:00:00Z</versionCreated>{meta}</itemMeta><contentMeta>{content}</contentMeta>"
        f"<contentSet><inlineXML>{document}</inlineXML></contentSet></newsItem>"
    ).encode()


def newsml_1(document: str, status: str = "Usable") -> bytes:
    """A NewsML 1 item that carries the document."""
    return (
        "<NewsML><NewsItem><Identification><NewsIdentifier><ProviderId>nets.example</ProviderId><DateId>20260715"
        "</DateId><NewsItemId>N-1</NewsItemId></NewsIdentifier></Identification><NewsManagement>"
        f"<ThisRevisionCreated>20260715T120000Z</ThisRevisionCreated><Status FormalName='{status}'/></NewsManagement>"
        f"<NewsComponent><ContentItem><DataContent>{document}</DataContent></ContentItem></NewsComponent></NewsItem>"
        "</NewsML>"
    ).encode()


def ninjs(document: str) -> bytes:
    """A ninjs item that carries the document."""
    body = {"contenttype": "application/nitf+xml", "value": document}
    item = {"uri": "urn:x:nets", "headline": "Nets are dry", "versioncreated": "2026-07-15T12:00:00Z"}
    return json.dumps({**item, "bodies": [body]}).encode()


MESSAGES: list[Message] = [g2, newsml_1, ninjs]


def one(data: bytes) -> Story:
    """The story of a message."""
    return parse(data).stories[0]


@pytest.mark.parametrize("message", MESSAGES)
def test_rights_in_parts(message: Message) -> None:
    """Who may use the document, where and how long, in its head and in its body."""
    head = '<doc.rights owner="Net Press" geography="Vale" enddate="20260716T060000Z" limitations="No film"/>'
    body = "<rights><rights.type>print</rights.type><rights.limitations>Twice</rights.limitations></rights>"
    found = one(message(nitf(head).replace("<body.head>", f"<body.head>{body}")))
    assert found.rights == (
        UsageRight(holder="Net Press", geography="Vale", limitations="No film", end=RELEASED),
        UsageRight(type="print", limitations="Twice"),
    )
    assert found.usage_terms == "No film\nTwice"


@pytest.mark.parametrize("message", MESSAGES)
def test_what_the_message_does_not_say_its_document_does(message: Message) -> None:
    """Urgency, terms, whose it is, when it ends, what it is about, and that it corrects something (docdata)."""
    found = one(
        message(
            nitf(
                '<urgency ed-urg="2"/><date.expire norm="20260801T000000Z"/>'
                '<doc.copyright year="2026" holder="Vale Press"/><doc.rights limitations="Not on radio"/>'
                '<key-list><keyword key="nets"/></key-list>'
                '<identified-content><person>Ada Ringer</person></identified-content><correction id-string="N-0"/>'
                '<evloc city="Upper Vale"/>'
            )
        )
    )
    assert (found.urgency, found.usage_terms, found.expires) == (2, "Not on radio", datetime(2026, 8, 1, tzinfo=UTC))
    assert (found.copyright_holder, found.copyright_notice) == ("Vale Press", "© 2026 Vale Press")
    assert found.keywords == ("nets",)
    assert found.people == (Subject(code="Ada Ringer"),)
    assert "Upper Vale" in [place.name or place.code for place in found.places]
    assert found.signals == ("sig:correction",)
    assert [link.href for link in found.links] == ["N-0"]


def test_what_the_message_says_stands() -> None:
    """A property of the item goes before the same in the document."""
    document = nitf('<urgency ed-urg="2"/><key-list><keyword key="nets"/></key-list>')
    found = one(g2(document, content="<urgency>5</urgency><keyword>ropes</keyword>"))
    assert (found.urgency, found.keywords) == (5, ("ropes",))


@pytest.mark.parametrize("message", MESSAGES)
@pytest.mark.parametrize("status", ["embargoed", ""])
def test_its_embargo_is_the_story_s(message: Message, status: str) -> None:
    """date.release counts where the status says embargoed, or where it lies after the message's own time."""
    found = one(message(nitf('<date.release norm="20260716T080000+0200"/>', status)))
    assert (found.pubstatus, found.embargo) == ("usable", RELEASED)


def test_the_later_of_two_embargoes_counts() -> None:
    """The item and its document may each state one."""
    document = nitf('<date.release norm="20260716T060000Z"/>', "embargoed")
    assert one(g2(document, "<embargoed>2026-07-17T06:00:00Z</embargoed>")).embargo == datetime(
        2026, 7, 17, 6, tzinfo=UTC
    )
    assert one(g2(document, "<embargoed>2026-07-15T18:00:00Z</embargoed>")).embargo == RELEASED
    assert one(newsml_1(document, "Embargoed")).pubstatus == "usable"


@pytest.mark.parametrize("message", MESSAGES)
@pytest.mark.parametrize(
    ("status", "expected"), [("embargoed", "withheld"), ("canceled", "canceled"), ("updated", "usable")]
)
def test_a_stricter_status_counts(message: Message, status: str, expected: str) -> None:
    """An embargo without an end holds the story, a kill takes it back; of other words the message's status counts."""
    assert one(message(nitf(status=status))).pubstatus == expected


@pytest.mark.parametrize("message", MESSAGES)
def test_a_release_before_the_message_is_no_embargo(message: Message) -> None:
    """Most documents say when they were released, not until when they wait."""
    assert one(message(nitf('<date.release norm="20260715T113000Z"/>', "usable"))).embargo is None


@pytest.mark.parametrize("message", MESSAGES)
def test_an_embargo_may_have_its_time_in_a_note_alone(message: Message) -> None:
    """The status says that the story waits, the note until when: then it is not held for ever."""
    note = '<ed-msg info="Embargoed until 0600 GMT, July 16, 2026"/>'
    found = one(message(nitf(note, "embargoed")))
    assert (found.pubstatus, found.embargo) == ("usable", RELEASED)


def test_the_time_may_be_in_a_note_of_the_item() -> None:
    """The item's own notes count for its document too."""
    note = "<edNote>Embargoed until 0600 GMT, July 16, 2026</edNote>"
    found = one(g2(nitf(status="embargoed"), note))
    assert (found.pubstatus, found.embargo) == ("usable", RELEASED)


def test_its_dates_without_a_zone_are_by_the_agency_s_clock() -> None:
    """As in a document that comes alone: by New York's for AP, whether the document or the item names it."""
    dates = '<date.issue norm="20260715T080000"/><date.release norm="20260716T020000"/>'
    assert one(g2(nitf(f'{dates}<doc.copyright holder="AP"/>'))).embargo == RELEASED
    assert one(g2(nitf(dates), '<provider literal="AP"/>')).embargo == RELEASED
    assert one(g2(nitf(dates))).embargo == datetime(2026, 7, 16, 2, tzinfo=UTC)
    day = nitf('<date.release norm="20260716"/>')
    assert one(g2(day, '<provider literal="AP"/>')).embargo == datetime(2026, 7, 16, 4, tzinfo=UTC)


def test_a_notice_is_not_made_of_another_holder() -> None:
    """Whose the item is stands there; its document may be made of another's."""
    document = nitf('<doc.copyright year="2026" holder="Vale Press"/>')
    item = g2(document).replace(b"<itemMeta>", b"<rightsInfo><copyrightHolder literal='Nets'/></rightsInfo><itemMeta>")
    assert (one(item).copyright_holder, one(item).copyright_notice) == ("Nets", "")


def test_the_document_that_is_the_body_is_asked_first() -> None:
    """An item may carry its text in several languages, each with keywords of its own."""
    first, second = (nitf(f'<key-list><keyword key="{word}"/></key-list>') for word in ("nets", "netten"))
    document = f'{first}</inlineXML><inlineXML xml:lang="nl">{second}'
    item = g2(document, content='<language tag="nl"/>').replace(b"<inlineXML>", b'<inlineXML xml:lang="en">', 1)
    assert one(item).keywords == ("netten",)


def test_documents_that_say_the_same_are_heeded_too() -> None:
    """Of NewsML 1's equivalents one is read; another's embargo counts, and what it says of the story."""
    release = '<date.release norm="20260716T060000Z"/><key-list><keyword key="nets"/></key-list>'
    pair = f"{nitf()}</DataContent></ContentItem><ContentItem><DataContent>{nitf(release, 'embargoed')}"
    nested = (
        newsml_1(pair)
        .replace(b"<ContentItem>", b"<NewsComponent><ContentItem>")
        .replace(b"</ContentItem>", b"</ContentItem></NewsComponent>")
        .replace(b"<NewsComponent>", b"<NewsComponent EquivalentsList='yes'>", 1)
    )
    for found in (one(newsml_1(pair)), one(nested)):
        assert (found.embargo, found.keywords) == (RELEASED, ("nets",))
        assert found.paragraphs == ("Nets are dry in Upper Vale.",)


def test_a_version_that_is_not_read_takes_nothing_back() -> None:
    """Of equivalents the status of the document that is read counts, and no embargo on a picture of another."""
    longer = nitf().replace("Upper Vale.", "Upper Vale since the rain ended.")
    found = one(newsml_1(f"{nitf(status='canceled')}</DataContent></ContentItem><ContentItem><DataContent>{longer}"))
    assert (found.pubstatus, found.paragraphs) == ("usable", ("Nets are dry in Upper Vale since the rain ended.",))
    release = '<date.release norm="20260716T060000Z"/>'
    picture = (
        '<NewsComponent><Role FormalName="Photo"/><ContentItem Href="nets.jpg"><MediaType FormalName="Photo"/>'
        '</ContentItem><NewsComponent><Role FormalName="Caption"/><ContentItem><DataContent>'
        f"{nitf(release)}</DataContent></ContentItem></NewsComponent></NewsComponent>"
    )
    content = "<ContentItem><DataContent>{}</DataContent></ContentItem>"
    variants = f"<NewsComponent>{content.format(nitf())}{picture}</NewsComponent>"
    variants += f"<NewsComponent>{content.format(longer)}</NewsComponent>"
    whole = newsml_1("").decode().replace(content.format(""), variants)
    assert one(whole.replace("<NewsComponent>", "<NewsComponent EquivalentsList='yes'>", 1).encode()).embargo is None


def test_a_kill_in_the_only_document_is_heeded_whatever_text_is_read() -> None:
    """No other document says how the story stands."""
    plain = "Nets are dry in Upper Vale since the rain ended last week, and nobody knows why."
    found = one(newsml_1(f"{nitf(status='canceled')}</DataContent></ContentItem><ContentItem><DataContent>{plain}"))
    assert (found.pubstatus, found.paragraphs) == ("canceled", (plain,))
