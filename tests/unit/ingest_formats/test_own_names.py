"""What providers say of origin by names of their own, in each format that leaves room for them (ownnames.toml)."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from dateline_ingest.formats import parse

NAR = "http://iptc.org/std/nar/2006-10-01/"
TOLD = (
    ("translator", "Ida Holm", "contributor"),
    ("OriginalSource", "Marden Post", "source"),
    ("photo-credit", "K. Lee", "picture"),
    ("Copyright_Owner", "Marden Trust", "copyrightholder"),
    ("news_agency", "Marden Wire", "provider"),
    ("image.credit", "R. Oduya", "picture"),
    ("word_count", "300", ""),
)
"""Name of somebody's own, what it says, and which kind of credit that is."""


def newsml_g2(name: str, value: str) -> str:
    """An item with a property of the provider's own."""
    own = f'<itemMetaExtProperty rel="ext:{name}" value="{value}"/>'
    said = f"<itemMeta>{own}</itemMeta><contentMeta><headline>H</headline></contentMeta>"
    return f'<newsItem xmlns="{NAR}" guid="g" version="1">{said}</newsItem>'


def newsml_1(name: str, value: str) -> str:
    """An item with a Property of that name."""
    own = f'<AdministrativeMetadata><Property FormalName="{name}" Value="{value}"/></AdministrativeMetadata>'
    lines = "<NewsLines><HeadLine>H</HeadLine></NewsLines>"
    return f"<NewsML><NewsItem><NewsComponent>{lines}{own}</NewsComponent></NewsItem></NewsML>"


def nitf(name: str, value: str) -> str:
    """A document with a meta of that name."""
    own = f'<meta name="{name}" content="{value}"/>'
    return f"<nitf><head><title>H</title>{own}</head><body><body.content/></body></nitf>"


def ninjs(name: str, value: str) -> str:
    """An item with a member of that name."""
    return json.dumps({"uri": "urn:x:1", "headline": "H", name: value})


def rss(name: str, value: str) -> str:
    """A feed with an element of an extension."""
    own = f'<x:{name} xmlns:x="urn:x">{value}</x:{name}>'
    return (
        f'<rss version="2.0"><channel><title>T</title><item><guid>1</guid><title>H</title>{own}</item></channel></rss>'
    )


def json_feed(name: str, value: str) -> str:
    """A feed with a member of an extension."""
    items = [{"id": "1", "title": "H", "_x": {name: value}}]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": items})


@pytest.mark.parametrize("message", [newsml_g2, newsml_1, nitf, ninjs, rss, json_feed])
@pytest.mark.parametrize(("name", "value", "where"), TOLD)
def test_a_name_says_which_credit_it_is(message: Callable[[str, str], str], name: str, value: str, where: str) -> None:
    """Words are parted by a hyphen, an underscore or nothing, in any capitals; a name that says none is none."""
    credits = parse(message(name, value).encode()).stories[0].credits
    assert [credit.where for credit in credits if credit.value == value] == ([where] if where else [])


@pytest.mark.parametrize("message", [newsml_1, nitf])
def test_the_program_that_wrote_a_message_made_no_story(message: Callable[[str, str], str]) -> None:
    """What NewsML 1 and NITF call the creator is software."""
    credits = parse(message("Creator", "Newsdesk 4.1").encode()).stories[0].credits
    assert "Newsdesk 4.1" not in [credit.value for credit in credits]


def test_the_name_of_a_property_may_be_an_address() -> None:
    """The last part of a relation's URI is its name, and a concept in the property counts by what it is called."""
    relation = "https://ex.example/ext/credit-line"
    own = f'<contentMetaExtProperty reluri="{relation}"><name>Marden/Lee</name></contentMetaExtProperty>'
    said = f"<itemMeta><title>H</title></itemMeta><contentMeta>{own}</contentMeta>"
    item = f'<newsItem xmlns="{NAR}" guid="g" version="1">{said}</newsItem>'
    (credit,) = parse(item.encode()).stories[0].credits
    assert (credit.where, credit.value, credit.role) == ("creditline", "Marden/Lee", relation)


@pytest.mark.parametrize(("name", "value"), [("Agency", "Nordlicht Werbung"), ("By", "true"), ("Rights", "web only")])
def test_a_property_of_somebodys_own_fills_no_field(name: str, value: str) -> None:
    """It may mean something else: an agency of advertising, a switch, where a text may be shown."""
    (story,) = parse(newsml_1(name, value).encode()).stories
    assert value not in (story.provider, story.byline, story.copyright_notice)
    assert value in [credit.value for credit in story.credits]


def test_the_distributor_of_a_document_is_its_provider_whatever_a_meta_says() -> None:
    """A paper's document may name the agency whose copy it is in a meta, and is the paper's all the same."""
    told = nitf("news-agency", "Marden Wire").replace(
        "<body>", "<body><body.head><distributor>Orex Post</distributor></body.head>"
    )
    assert parse(told.encode()).stories[0].provider == "Orex Post"


@pytest.mark.parametrize("value", ["false", "0", "None", "-", "0000-00-00 00:00:00", "nein"])
def test_an_embargo_that_says_that_there_is_none_holds_nothing_back(value: str) -> None:
    """Systems write the field with each item."""
    assert parse(rss("embargo", value).encode()).stories[0].pubstatus == "usable"


@pytest.mark.parametrize("value", ["true", "1", "until the minister has spoken"])
def test_an_embargo_whose_end_cannot_be_told_holds_the_story_back(value: str) -> None:
    """It must not leak."""
    assert parse(rss("embargo", value).encode()).stories[0].pubstatus == "withheld"
