"""What a message says of all its items: each has it, it is read once, and there may not be too much of it."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from slowness import in_time

from dateline_ingest.formats import Unparseable, parse

NAR = "http://iptc.org/std/nar/2006-10-01/"


def atom(said: int, items: int) -> str:
    """A feed with so many rights and entries."""
    entries = "".join(f"<entry><id>{nth}</id><title>H</title></entry>" for nth in range(items))
    rights = "".join(f"<rights>R{nth}</rights>" for nth in range(said))
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title>{rights}{entries}</feed>'


def rss(said: int, items: int) -> str:
    """A channel with so many notices of copyright and items."""
    held = "".join(f"<item><guid>{nth}</guid><title>H</title></item>" for nth in range(items))
    rights = "".join(f"<copyright>R{nth}</copyright>" for nth in range(said))
    return f'<rss version="2.0"><channel><title>T</title>{rights}{held}</channel></rss>'


def json_feed(said: int, items: int) -> str:
    """A feed with so many authors and items."""
    authors = [{"name": f"R{nth}"} for nth in range(said)]
    held = [{"id": str(nth), "title": "H"} for nth in range(items)]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "T", "authors": authors, "items": held})


def newsml_g2(said: int, items: int) -> str:
    """A message with so many channels and items."""
    held = "".join(
        f'<newsItem guid="g{nth}"><contentMeta><headline>H</headline></contentMeta></newsItem>' for nth in range(items)
    )
    channels = "".join(f"<channel>R{nth}</channel>" for nth in range(said))
    return f'<newsMessage xmlns="{NAR}"><header>{channels}</header><itemSet>{held}</itemSet></newsMessage>'


def newsml_1(said: int, items: int) -> str:
    """A message with so many services and items."""
    lines = "<NewsComponent><NewsLines><HeadLine>H</HeadLine></NewsLines></NewsComponent>"
    names = (f"<Identification><NameLabel>n{nth}</NameLabel></Identification>" for nth in range(items))
    held = "".join(f"<NewsItem>{name}{lines}</NewsItem>" for name in names)
    services = "".join(f'<NewsService FormalName="R{nth}"/>' for nth in range(said))
    return f"<NewsML><NewsEnvelope>{services}</NewsEnvelope>{held}</NewsML>"


@pytest.mark.parametrize("message", [atom, rss, json_feed, newsml_g2, newsml_1])
def test_each_item_has_what_is_said_of_all(message: Callable[[int, int], str]) -> None:
    """All of it, in its order."""
    for story in parse(message(3, 2).encode()).stories:
        assert [credit.value for credit in story.credits if credit.value[0] == "R"] == ["R0", "R1", "R2"]


@pytest.mark.parametrize("message", [atom, rss, json_feed, newsml_g2, newsml_1])
def test_too_much_for_so_many_items_is_refused(message: Callable[[int, int], str]) -> None:
    """A few kilobytes would become millions of credits."""
    with pytest.raises(Unparseable, match="of each of its 400 items"):
        parse(message(2_000, 400).encode())


@pytest.mark.parametrize("message", [atom, rss, json_feed, newsml_g2, newsml_1])
def test_an_endless_statement_counts_for_many(message: Callable[[int, int], str]) -> None:
    """A title of a megabyte would be written into the log with each item; a page of terms or a long name may be."""
    data = message(1, 400)
    assert len(parse(data.replace("R0", "R" * 4_000).encode()).stories) == 400
    with pytest.raises(Unparseable, match="of each of its 400 items"):
        parse(data.replace("R0", "R" * 1_000_000).encode())


@pytest.mark.parametrize("message", [atom, rss])
def test_a_feed_of_many_entries_is_read_in_time(message: Callable[[int, int], str]) -> None:
    """Who looked at the whole feed for each of its entries would take twenty seconds."""
    data = message(2, 4_900).encode()
    assert len(in_time(4.0, lambda: parse(data)).stories) == 4_900


@pytest.mark.parametrize("message", [atom, rss, json_feed])
def test_a_house_may_name_all_its_staff_over_a_long_feed(message: Callable[[int, int], str]) -> None:
    """A hundred names over the whole archive of a podcast or a paper are no attack."""
    assert len(parse(message(100, 4_000).encode()).stories) == 4_000


@pytest.mark.parametrize("message", [atom, rss])
def test_an_endless_address_of_the_feed_is_no_base(message: Callable[[int, int], str]) -> None:
    """Each entry's link was put together with all of it."""
    endless = "https://marden.example/" + "a/" * 200_000
    data = message(1, 1_000).replace("<title>H</title>", '<title>H</title><link href="b">b</link>')
    data = data.replace("<title>T</title>", f"<title>T</title><link>{endless}</link>").replace(
        "<feed ", f'<feed xml:base="{endless}" '
    )
    assert len(in_time(4.0, lambda: parse(data.encode())).stories) == 1_000
