"""NewsML-G2 whose XHTML says by itself what it holds: languages, and the marks of schema.org and rNews."""

from __future__ import annotations

import pytest

from dateline_ingest.formats import parse
from dateline_schemas.story import CreditElement, Story

G2 = """<?xml version="1.0" encoding="UTF-8"?>
<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"%s><itemSet>
<newsItem guid="urn:newsml:ep.example:1" version="1"%s>
<itemMeta><itemClass qcode="ninat:text"/></itemMeta><contentMeta>%s</contentMeta>
<contentSet><inlineXML>%s</inlineXML></contentSet></newsItem></itemSet></newsMessage>"""
PLAIN = '<html xmlns="http://www.w3.org/1999/xhtml"%s><body><p>The ferry stops at noon.</p></body></html>'
MICRODATA = """<html xmlns="http://www.w3.org/1999/xhtml" itemscope="itemscope" itemtype="http://schema.org/NewsArticle">
<head><meta itemprop="inLanguage" content="en-GB"/><meta itemprop="description" content="A pause."/></head>
<body><h1 itemprop="headline">Ferry stops</h1><div itemprop="alternativeHeadline">Boats wait</div>
<div itemprop="creator" itemscope="" itemtype="http://schema.org/Person">By <span itemprop="name">ANN DOE</span></div>
<span itemprop="dateline">PORT</span><div itemprop="articleBody"><p>The ferry stops at noon.</p></div>
<div itemprop="provider" itemscope="" itemtype="http://schema.org/Organization">
<b itemprop="name">Example Press</b></div>
<aside><h3>Tags</h3><p>Boats</p></aside></body></html>"""
RDFA = """<html xmlns="http://www.w3.org/1999/xhtml">
<head><meta property="og:description" content="Of the site"/></head>
<body><div typeof="rnews:Article"><h1 property="rnews:headline">Ferry stops</h1>
<p property="rnews:articleBody">The ferry stops at noon.</p><span property="rnews:description">A pause.</span>
<span property="rnews:creator" typeof="rnews:Person">By <i property="rnews:name">ANN DOE</i></span>
<span property="rnews:dateline">PORT</span></div><p>Usage terms</p></body></html>"""


def story(body: str, *, message: str = "", item: str = "", meta: str = "") -> Story:
    """The story of a message with such a body, and such attributes and properties."""
    return parse((G2 % (message, item, meta, body)).encode()).stories[0]


def test_language_of_what_an_item_is_in() -> None:
    """A language is stated for everything below; the nearer statement counts."""
    assert story(PLAIN % "", message=' xml:lang="it"').language == "it"
    assert story(PLAIN % "", message=' xml:lang="it"', item=' xml:lang="de"').language == "de"
    assert story(PLAIN % "", message=' xml:lang="it"', meta='<language tag="fr"/>').language == "fr"


def test_language_of_the_body() -> None:
    """An item that states none has the language of its text."""
    assert story(PLAIN % ' xml:lang="pt"').language == "pt"
    assert story(PLAIN % ' lang="pt"', item=' xml:lang="es"').language == "es"


@pytest.mark.parametrize("body", [MICRODATA, RDFA], ids=["microdata", "rdfa"])
def test_marked_article(body: str) -> None:
    """Where an article marks its text, only that is the body; what it marks beside fills what no property states."""
    found = story(body)
    assert found.paragraphs == ("The ferry stops at noon.",)
    assert (found.headline, found.summary, found.dateline) == ("Ferry stops", "A pause.", "PORT")
    assert "ANN DOE" in [credit.value for credit in found.credits if credit.where == "creator"]
    assert story(body, meta="<headline>Ferry rests</headline>").headline == "Ferry rests"


def test_marks_of_origin() -> None:
    """Organisations that the article names are credits; so is its language the story's."""
    found = story(MICRODATA)
    assert CreditElement(where="provider", value="Example Press", role="Organization") in found.credits
    assert (found.language, found.subheadline) == ("en-GB", "Boats wait")


def test_marks_without_a_text() -> None:
    """An article that marks no text keeps all of it."""
    found = story(MICRODATA.replace('itemprop="articleBody"', ""))
    assert "The ferry stops at noon." in found.paragraphs
