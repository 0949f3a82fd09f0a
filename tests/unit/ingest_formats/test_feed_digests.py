"""By what entries of web feeds are known again when a later release reads more of them."""

from __future__ import annotations

import pytest
from slowness import in_time

from dateline_ingest.formats import parse
from dateline_ingest.formats.feeds import names

RSS = """<?xml version="1.0"?>
<rss version="2.0" xmlns:q="urn:quay"><channel><title>Quay</title><link>https://quay.example/</link>{around}
<item><guid>urn:quay:1</guid><title>Lock shut</title><q:herkunft>Quay Wire</q:herkunft></item>{more}</channel></rss>"""
RDF = """<RDF xmlns="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:r="http://purl.org/rss/1.0/"><r:channel>
<r:title>Quay</r:title>{around}</r:channel><r:item about="urn:quay:1"><r:title>Lock shut</r:title>
<r:link>https://quay.example/1</r:link></r:item>{more}</RDF>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Quay</title>{around}
<entry><id>urn:quay:1</id><title>Lock shut</title></entry>{more}</feed>"""
JSON = """{{"version":"https://jsonfeed.org/version/1.1","title":"Quay",{around}
"items":[{{"id":"urn:quay:1","title":"Lock shut"}}{more}]}}"""
MORE_RSS = "<item><guid>urn:quay:2</guid><title>Lock open</title></item>"
MORE_RDF = '<r:item about="urn:quay:2"><r:title>Lock open</r:title><r:link>https://quay.example/2</r:link></r:item>'
MORE_ATOM = "<entry><id>urn:quay:2</id><title>Lock open</title></entry>"
MORE_JSON = ',{"id":"urn:quay:2","title":"Lock open"}'


def entries(document: str, around: str = "", more: str = "") -> tuple[str, ...]:
    """The digests of its entries."""
    return parse(document.format(around=around, more=more).encode()).entries


@pytest.mark.parametrize(
    ("document", "moving", "more"),
    [
        (RSS, "<lastBuildDate>Thu, 01 May 2031 10:00:00 GMT</lastBuildDate><pubDate>later</pubDate>", MORE_RSS),
        (RSS, '<l:link xmlns:l="http://www.w3.org/2005/Atom" rel="next" href="?page=2"/>', MORE_RSS),
        (RDF, "<r:items><li>1</li></r:items>", MORE_RDF),
        (ATOM, '<updated>2031-05-01T10:00:00Z</updated><link rel="next" href="/2"/>', MORE_ATOM),
        (ATOM, '<o:totalResults xmlns:o="http://a9.com/-/spec/opensearchrss/1.0/">9</o:totalResults>', MORE_ATOM),
        (JSON, '"next_url":"https://quay.example/?after=7",', MORE_JSON),
    ],
)
def test_an_entry_is_the_same_whatever_comes_beside_it(document: str, moving: str, more: str) -> None:
    """And whenever its feed was made; each entry has a digest of its own."""
    first, second = entries(document, moving, more)
    assert entries(document) == (first,)
    assert first != second and len(first) == 64


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (RSS, "<copyright>Not in France</copyright>"),
        (RSS, "<language>fr</language>"),
        (ATOM, "<rights>Not in France</rights>"),
        (ATOM, '<link rel="license" href="https://quay.example/terms"/>'),
        (JSON, '"language":"fr",'),
    ],
)
def test_what_a_feed_says_of_all_its_entries_is_said_of_each(document: str, said: str) -> None:
    """New terms are news of every entry."""
    assert entries(document, said) != entries(document)


@pytest.mark.parametrize(
    ("document", "around"),
    [
        (ATOM, '<feed xml:lang="fr"'),
        (ATOM, '<feed xml:base="https://quay.example/fr/"'),
        (RSS, '<rss xml:base="https://quay.example/fr/"'),
        (RSS, '<channel xml:lang="fr"'),
    ],
)
def test_what_stands_around_entries_is_said_of_each(document: str, around: str) -> None:
    """The language that they are in, and what their addresses stand against."""
    name = around.split()[0]
    assert entries(document.replace(name, around, 1)) != entries(document)


def test_a_changed_entry_is_another_one() -> None:
    """Its text, its date, or an element that nobody reads."""
    assert entries(RSS.replace("Quay Wire", "Quay Wires")) != entries(RSS)


def test_a_digest_does_not_move_with_the_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    """A row more renames elements before they are read: the entry is what came."""
    before, read = entries(RSS), parse(RSS.format(around="", more="").encode()).stories
    monkeypatch.setattr(names, "_renamed", lambda tag, core: "author" if tag.endswith("herkunft") else tag)
    after = parse(RSS.format(around="", more="").encode())
    assert after.entries == before and after.stories != read


def test_other_messages_have_no_entries() -> None:
    """They are known by their bytes."""
    assert parse(b'{"uri":"urn:quay:1","headline":"Lock shut"}').entries == ()


def test_an_entry_alone_has_a_digest() -> None:
    """As a hub sends it."""
    assert (
        len(parse(b'<entry xmlns="http://www.w3.org/2005/Atom"><id>urn:q:1</id><title>Shut</title></entry>').entries)
        == 1
    )


def test_prefixes_that_nothing_declares_do_not_matter() -> None:
    """Elements with them are read, so they are entries."""
    odd = (
        "<feed><title>Q</title><atom:entry><atom:id>urn:q:1</atom:id><atom:title>Shut</atom:title></atom:entry></feed>"
    )
    [entry] = parse(odd.encode()).entries
    assert entry


def test_what_cannot_be_written_out_is_no_fault() -> None:
    """Half a pair of surrogates in JSON."""
    document = JSON.format(around="", more="").replace("Lock shut", "Lock \\ud83d shut")
    assert parse(document.encode()).stories[0].headline.startswith("Lock")


def test_a_feed_with_ten_thousand_namespaces_is_read_without_digests() -> None:
    """Each entry's bytes would have all of them."""
    declared = "".join(f' xmlns:n{nth}="urn:n{nth}"' for nth in range(10_000))
    items = "".join(f"<item><guid>{nth}</guid><title>t</title></item>" for nth in range(100))
    document = f"<rss{declared}><channel><title>Q</title>{items}</channel></rss>".encode()
    parsed = in_time(1, lambda: parse(document))
    assert len(parsed.stories) == 100 and not any(parsed.entries)
