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
    ],
)
def test_lines_have_no_markup(message: Message, written: tuple[str, str, str], read: tuple[str, ...]) -> None:
    """Tags and references of HTML go; a sign that only looks like one stays."""
    assert lines(parse(message(*written).encode()).stories[0]) == read
