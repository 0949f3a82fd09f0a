"""What a message or a story may hold many times is not compared with all the others, nor read anew from each sign."""

from __future__ import annotations

import pytest
from slowness import in_time

from dateline_enrichment.analyse import facts
from dateline_ingest.formats import parse
from dateline_schemas.credit import Credit
from dateline_schemas.story import Story

_RSS = "<rss version='2.0'><channel><item><title>Ferry</title><author>Ann{} Doe</author></item></channel></rss>"
_MAIL = "From: a@e.example\nSubject: Ferry\nMessage-ID: <1@e.example>\nContent-Type: text/plain{}\n\nThe ferry stops.\n"
_PAGE = (
    "<html><body><article><h1>Ferry stops at noon</h1><figure><img src='/a.jpg'>{}</figure>"
    + "<p>The ferry stops at noon, the harbour office said on Monday, and goes on at one.</p>" * 3
    + "</article></body></html>"
)
_NAMES = ["Zo" + "".join(chr(97 + nth // 26**place % 26) for place in range(4)) for nth in range(4_000)]


@pytest.mark.parametrize(
    "said",
    [
        _RSS.format("(" * 40_000),
        _MAIL.format(";" * 400_000),
        _PAGE.format("".join(f"<figcaption>A boat {nth} at the pier</figcaption>" for nth in range(4_000))),
    ],
    ids=["brackets", "parameters", "captions"],
)
def test_a_message_of_many_is_read_in_time(said: str) -> None:
    """A name of brackets, a header of parameters, a picture of captions."""
    assert len(in_time(1.0, lambda: parse(said.encode())).stories) == 1


@pytest.mark.parametrize(
    ("said", "language"),
    [("Ali {} Fox. ({})", "en"), ("{0} Doe said.", "ru"), ("Minister Ann {} and Mr Bo{}", "ru")],
)
def test_a_story_of_many_names_is_read_in_time(said: str, language: str) -> None:
    """Nicknames, namesakes and first names."""
    text = " ".join(said.format(name, name) for name in _NAMES)
    story = Story(guid="x", language=language, headline="Ferry", paragraphs=("The ferry stops.", text))
    assert in_time(0.9, lambda: facts(story, Credit())).people
