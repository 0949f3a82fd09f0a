"""Addresses that a story's text may link to."""

from __future__ import annotations

import pytest

from dateline_ingest.formats.markup.hrefs import link_tag, safe_href


@pytest.mark.parametrize("href", ["https://port.example/1?a=1&b=2", "HTTP://port.example", "mailto:desk@port.example"])
def test_addresses_of_the_web_and_of_mailboxes_are_kept(href: str) -> None:
    """They are given as they are written, but for space around them."""
    assert safe_href(f" {href}\n", "") == href


def test_a_relative_address_is_made_whole() -> None:
    """The page's own address says what it is relative to."""
    assert safe_href("../2", "https://port.example/news/1") == "https://port.example/2"


@pytest.mark.parametrize("href", ["javascript:alert(1)", "data:text/html,x", 'https://port.example/"onclick=x', "#top"])
@pytest.mark.parametrize("base", ["", "https://port.example/"])
def test_what_a_browser_would_run_is_no_link(href: str, base: str) -> None:
    """Other schemes, signs that end an attribute and places within the page are left out, whatever the page is."""
    assert safe_href(href, base) == ""


@pytest.mark.parametrize("href", ["", "ferry", "https://port.example/" + "a" * 2000])
def test_what_is_no_whole_address_is_no_link(href: str) -> None:
    """Nothing, a relative address of an unknown page, and an endless one are left out."""
    assert safe_href(href, "") == ""


def test_an_address_that_cannot_be_resolved_is_no_link() -> None:
    """A host in brackets that do not close is none."""
    assert safe_href("http://[port/1", "https://port.example/") == ""


def test_the_tag_of_a_link_has_its_address_escaped() -> None:
    """An ampersand is written as HTML has it."""
    assert link_tag("https://port.example/?a=1&b=2") == '<a href="https://port.example/?a=1&amp;b=2">'
