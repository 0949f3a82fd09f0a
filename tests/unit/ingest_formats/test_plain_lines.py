"""HTML that a program escaped into the lines of NewsML and NITF is read as what it stands for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest

from dateline_ingest.formats import parse
from dateline_schemas.story import Story

Message: TypeAlias = Callable[[str, str, str], str]
TITLE = "A &lt;b&gt;bold&lt;/b&gt; plan &amp;amp; more"
BY = "&lt;i&gt;Ada Ringer&lt;/i&gt;"
NOTE = "&lt;p&gt;Mind the gap&lt;/p&gt;"


def g2(title: str, by: str, note: str) -> str:
    """A NewsML-G2 item with these lines."""
    return (
        '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:x:gap"><itemMeta>'
        f"<edNote>{note}</edNote></itemMeta><contentMeta><headline>{title}</headline><by>{by}</by>"
        f"<description>{note}</description></contentMeta></newsItem>"
    )


def newsml_1(title: str, by: str, note: str) -> str:
    """A NewsML 1 item with these lines."""
    return (
        "<NewsML><NewsItem><Identification><NewsIdentifier><ProviderId>gap.example</ProviderId><DateId>20260715"
        "</DateId><NewsItemId>G-1</NewsItemId></NewsIdentifier></Identification><NewsComponent><NewsLines>"
        f"<HeadLine>{title}</HeadLine><ByLine>{by}</ByLine><NewsLine><NewsLineType FormalName='Summary'/><NewsLineText>"
        f"{note}</NewsLineText></NewsLine><NewsLine><NewsLineType FormalName='EditorialNote'/><NewsLineText>{note}"
        "</NewsLineText></NewsLine></NewsLines></NewsComponent></NewsItem></NewsML>"
    )


def nitf(title: str, by: str, note: str) -> str:
    """An NITF document with these lines."""
    return (
        f'<nitf><head><docdata><doc-id id-string="gap-1"/><ed-msg info="{note}"/></docdata></head><body><body.head>'
        f"<hedline><hl1>{title}</hl1></hedline><byline>{by}</byline><abstract>{note}</abstract></body.head></body></nitf>"
    )


def lines(story: Story) -> tuple[str, ...]:
    """What editors read, and who is credited."""
    bylines = [one.value for one in story.credits if one.where == "byline"]
    return (story.headline, story.byline, story.summary, story.ed_note, *bylines)


@pytest.mark.parametrize("message", [g2, newsml_1, nitf])
@pytest.mark.parametrize(
    ("written", "read"),
    [
        ((TITLE, BY, NOTE), ("A bold plan & more", "Ada Ringer", "Mind the gap", "Mind the gap", "Ada Ringer")),
        (
            ("Bells &amp; ropes: 3 &lt; 5", "A. B. for &lt;ABC.N&gt;", "R&amp;D"),
            ("Bells & ropes: 3 < 5", "A. B. for <ABC.N>", "R&D", "R&D", "A. B. for <ABC.N>"),
        ),
        (
            ("If a&lt;b and c&gt;d &amp;amp; on", BY, "https://x.example/?id=1&amp;section=2&amp;copy=3"),
            (
                "If a<b and c>d & on",
                "Ada Ringer",
                "https://x.example/?id=1&section=2&copy=3",
                "https://x.example/?id=1&section=2&copy=3",
                "Ada Ringer",
            ),
        ),
    ],
)
def test_lines_have_no_markup(message: Message, written: tuple[str, str, str], read: tuple[str, ...]) -> None:
    """Tags and references of HTML go; a sign that only looks like one stays."""
    assert lines(parse(message(*written).encode()).stories[0]) == read


def test_every_line_has_none_whatever_the_others_are_like() -> None:
    """A slug line, a dateline or a name may be the only one; what is nothing but tags leaves no empty line."""
    said = "<slugline>BELLS&amp;amp;ROPES</slugline><dateline>&lt;b&gt;VALE&lt;/b&gt;</dateline>"
    made, empty = "<creator><name>Dow &amp;amp; Sons</name></creator>", "<edNote>&lt;p&gt;&lt;/p&gt;</edNote>"
    message = g2("Bells", "Ada Ringer", "Mind the gap").replace("<itemMeta>", f"<itemMeta>{empty}")
    found = parse(message.replace("<contentMeta>", f"<contentMeta>{said}").encode()).stories[0]
    assert (found.slugline, found.dateline, found.ed_note) == ("BELLS&ROPES", "VALE", "Mind the gap")
    credited = parse(message.replace("<contentMeta>", f"<contentMeta>{made}").encode()).stories[0].credits
    assert "Dow & Sons" in [one.value for one in credited]
