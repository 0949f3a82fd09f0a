"""An item that cannot be read keeps none of the others of its message out, whatever the format."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

import pytest

from dateline_ingest.formats import Limits, Unparseable, parse

FEW = Limits(paragraphs=3)
"""Three paragraphs are read, four are too many."""
Make = Callable[[str, int], str]
"""An item of this name with so many paragraphs."""


def tags(count: int) -> str:
    """So many paragraphs of HTML."""
    return "".join(f"<p>Boat {nth} waits.</p>" for nth in range(count))


def g2(name: str, count: int) -> str:
    """A newsItem."""
    return (
        f'<newsItem guid="urn:test:{name}" version="1"><itemMeta><provider literal="EP"/></itemMeta><contentSet>'
        f'<inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body>{tags(count)}</body></html></inlineXML>'
        "</contentSet></newsItem>"
    )


def newsml_1(name: str, count: int) -> str:
    """A NewsItem."""
    return (
        f"<NewsItem><Identification><NewsIdentifier><ProviderId>ep.example</ProviderId><DateId>20310105</DateId>"
        f"<NewsItemId>{name}</NewsItemId><RevisionId>1</RevisionId><PublicIdentifier>urn:test:{name}</PublicIdentifier>"
        "</NewsIdentifier></Identification><NewsComponent><ContentItem><DataContent><nitf><body><body.content>"
        f"{tags(count)}</body.content></body></nitf></DataContent></ContentItem></NewsComponent></NewsItem>"
    )


def nitf(name: str, count: int) -> str:
    """A document."""
    head = f'<head><docdata><doc-id id-string="urn:test:{name}"/></docdata></head>'
    return f"<nitf>{head}<body><body.content>{tags(count)}</body.content></body></nitf>"


def sportsml(name: str, count: int) -> str:
    """A document."""
    article = f"<article><nitf><body><body.content>{tags(count)}</body.content></body></nitf></article>"
    return f'<sports-content><sports-metadata doc-id="urn:test:{name}"/>{article}</sports-content>'


def rss(name: str, count: int) -> str:
    """An item."""
    text = tags(count).replace("<", "&lt;")
    return f"<item><guid>urn:test:{name}</guid><title>Ferry</title><description>{text}</description></item>"


def atom(name: str, count: int) -> str:
    """An entry."""
    text = tags(count).replace("<", "&lt;")
    return f'<entry><id>urn:test:{name}</id><title>Ferry</title><content type="html">{text}</content></entry>'


def ritzau(name: str, count: int) -> str:
    """An item of Ritzau's XML."""
    text = tags(count).replace("<", "&lt;")
    return f"<RBNews><NewsID>urn:test:{name}</NewsID><headline>Ferry</headline><content>{text}</content></RBNews>"


def anpa(name: str, count: int) -> str:
    """A message of ANPA 1312."""
    text = "".join(f"\t   Boat {nth} of {name} waits.\r\n" for nth in range(count))
    head = f"\x16\x16\x01W2870\x1fasian\r\nr i BC-{name} 03-26 0340\r\n\x02^BC-{name}<\r\n"
    return f"{head}{text}\x03XP 03-26-31 1509GMT<\r\n\x04"


def iptc_7901(name: str, count: int) -> str:
    """A message of IPTC 7901."""
    text = "".join(f"   Boat {nth} of {name} waits.\r\n\r\n" for nth in range(count))
    head = f"\x01xca062 4 i 211 ccccb   epx 061\r\n\r\n{name}/\r\n\x02Ferry {name} =\r\n\r\n"
    return f"{head}{text}\x03261137 GMT Mar 31\r\n\x04"


def of_json(**members: Callable[[str, int], Any]) -> Make:
    """An item of JSON with these members."""
    return lambda name, count: json.dumps({key: made(name, count) for key, made in members.items()})


def named(name: str, _: int) -> str:
    """An identifier."""
    return f"urn:test:{name}"


def text(_: str, count: int) -> str:
    """A body."""
    return tags(count)


def headline(_: str, __: int) -> str:
    """The same for all."""
    return "Ferry"


G2_JSON = of_json(
    _guid=named, contentSet=lambda _, count: {"inlineXML": [{"_contenttype": "text/html", "$": tags(count)}]}
)
DPA = of_json(urn=lambda name, _: f"urn:newsml:dpa.com:{name}", version=lambda _, __: 1, article_html=text)
AFP = of_json(
    uno=lambda name, _: f"newsml.afp.com.{name}", headline=headline, news=lambda _, count: ["A boat waits."] * count
)
REUTERS = of_json(
    versionedGuid=lambda name, _: f"tag:reuters.com,2031:{name}:1",
    uri=lambda name, _: f"tag:reuters.com,2031:{name}",
    headLine=headline,
    usn=lambda name, _: name,
    bodyXhtml=text,
)
AP = of_json(
    altids=lambda name, _: {"itemid": name, "etag": name}, headline=headline,
    body_text=lambda _, count: "\n\n".join(["A boat waits."] * count),
)  # fmt: skip
FAMILIES: dict[str, tuple[Make, str, str]] = {
    "newsml-g2": (g2, "", '<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>%s</itemSet></newsMessage>'),
    "newsml-g2-json": (G2_JSON, ",", '{"newsItem": [%s]}'),
    "newsml-1-x": (newsml_1, "", "<NewsML>%s</NewsML>"),
    "nitf": (nitf, "", "<nitfs>%s</nitfs>"),
    "sportsml": (sportsml, "", "<sports-content-set>%s</sports-content-set>"),
    "ninjs": (of_json(uri=named, headline=headline, body_html=text), ",", "[%s]"),
    "jsonfeed": (
        of_json(id=named, content_html=text), ",", '{"version": "https://jsonfeed.org/version/1.1", "items": [%s]}',
    ),
    "rss": (rss, "", "<rss><channel>%s</channel></rss>"),
    "atom": (atom, "", '<feed xmlns="http://www.w3.org/2005/Atom">%s</feed>'),
    "agency-xml": (ritzau, "", "<XMLNewsQueuedResponse>%s</XMLNewsQueuedResponse>"),
    "anpa-1312": (anpa, "\r\n", "%s"),
    "iptc-7901": (iptc_7901, "\r\n", "%s"),
    "dpa-digitalwires": (DPA, ",", '{"entries": [%s]}'),
    "afp-core-json": (AFP, ",", '{"response": {"docs": [%s]}}'),
    "reuters-connect-json": (REUTERS, ",", '{"data": {"search": {"items": [%s]}}}'),
    "ap-media-api-json": (AP, ",", '{"method": "/content.GET", "data": {"items": [%s]}}'),
}  # fmt: skip


def message(family: str, *counts: int) -> bytes:
    """A message with an item for each of these counts of paragraphs."""
    make, between, around = FAMILIES[family]
    return (around % between.join(make(f"n{at}", count) for at, count in enumerate(counts, 1))).encode()


@pytest.mark.parametrize("family", FAMILIES)
def test_others_are_read(family: str) -> None:
    """The fault names the item, in the words of its format; the others are as they are without it."""
    found = parse(message(family, 1, 4, 2), limits=FEW)
    assert found.format == family
    assert [len(story.paragraphs) for story in found.stories] == [1, 2]
    [fault] = found.refused
    assert fault.format == family and "4 paragraphs, more than 3" in fault.reason
    assert fault.path in ("item 2", "$[1]", "$.items[1]")


@pytest.mark.parametrize("family", FAMILIES)
def test_a_message_without_any_item_that_can_be_read_is_refused(family: str) -> None:
    """For its first one, whether it has one or more."""
    for counts in ((4,), (4, 5)):
        with pytest.raises(Unparseable, match="4 paragraphs, more than 3"):
            parse(message(family, *counts), limits=FEW)


def test_the_line_is_told_where_there_is_one() -> None:
    """Of XML, beside the number of the item."""
    broken = g2("n2", 1).replace('guid="urn:test:n2"', "")
    data = f'<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/">{g2("n1", 1)}\n{broken}</newsMessage>'
    [fault] = parse(data.encode()).refused
    assert "no identifier" in str(fault) and str(fault).endswith("(line 2, at item 2)")


@pytest.mark.parametrize("family", ["rss", "atom", "jsonfeed"])
def test_an_entry_of_a_web_feed_is_known_again(family: str) -> None:
    """Wherever it stands in the next document; another one is another."""
    first, moved, other = (parse(message(family, *counts), limits=FEW) for counts in ((1, 4), (1, 4, 2), (1, 5)))
    digests = [one.refused[0].digest for one in (first, moved, other)]
    assert digests[0] == digests[1] != digests[2] and all(digests)


def test_a_bundle_names_message_and_item() -> None:
    """Both stand in the path."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("wires/a.json", message("ninjs", 1, 4))
    [fault] = parse(out.getvalue(), limits=FEW).refused
    assert fault.path == "wires/a.json:$[1]"


def test_a_file_of_a_mail_is_read_in_part() -> None:
    """Its stories are the mail's; what could not be read is told with the name of the file."""
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Message-ID"] = "desk@ep.example", "Ferries", "<1@ep.example>"
    mail.set_content("Attached.\n")
    mail.add_attachment(message("newsml-g2", 1, 4, 2), maintype="application", subtype="xml", filename="a.xml")
    found = parse(mail.as_bytes(), limits=FEW)
    assert [story.guid for story in found.stories] == ["urn:test:n1", "urn:test:n3"]
    assert [fault.path for fault in found.refused] == ["a.xml:item 2"]


@pytest.mark.parametrize(("name", "told"), [("b.docx", ["b.docx"]), ("b.xml", ["b.xml"]), ("logo.pdf", [])])
def test_a_file_of_a_mail_that_is_broken_is_told_beside_one_that_is_read(name: str, told: list[str]) -> None:
    """Where it was copy, or a document of a kind that is read; a PDF goes with the story."""
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Message-ID"] = "desk@ep.example", "Ferries", "<1@ep.example>"
    mail.set_content("Two stories attached.\n")
    mail.add_attachment(message("newsml-g2", 1), maintype="application", subtype="xml", filename="a.xml")
    torn = (
        b"%PDF-1.4"
        if name.endswith("pdf")
        else b"PK\x03\x04torn"
        if name.endswith("docx")
        else b"<?xml version='1.0'?><nitf>"
    )
    mail.add_attachment(torn, maintype="application", subtype="octet-stream", filename=name)
    found = parse(mail.as_bytes(), limits=FEW)
    assert [story.guid for story in found.stories] == ["urn:test:n1"]
    assert [fault.path.partition(":")[0] for fault in found.refused] == told
