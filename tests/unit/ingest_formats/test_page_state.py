"""Pages whose text a script brings: it stands in the page's data."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline_ingest.formats import parse
from dateline_ingest.formats.fault import Unparseable
from dateline_ingest.formats.page.flight import rows_of
from dateline_schemas.story import Story

H = "Night trains return to the salt lake"
TEXT = (
    "Night trains run again to the salt lake from the first of May, the railway said on Monday in the capital.",
    "Each has two sleeping cars, a carriage for bicycles and a kitchen that serves soup until two in the morning.",
    "APS",
)
HTML = "".join(f"<p>{text}</p>" for text in TEXT)
OTHER = "A longer text about something else entirely, which the page shows further down. " * 20


def page(script: str, *, shown: str = "<div class='spinner'>Loading...</div>") -> Story:
    """The story of a page that is a frame with this script."""
    head = f"<title>{H} - Salt Post</title><meta property='og:title' content='{H}'>"
    text = f"<html lang='en'><head>{head}</head><body><div id='app'>{shown}</div>{script}</body></html>"
    return parse(text.encode(), hint="text/html", url="https://salt.example/a").stories[0]


def data(value: object) -> str:
    """A script that is data."""
    return f"<script type='application/json' id='__NEXT_DATA__'>{json.dumps(value)}</script>"


@pytest.mark.parametrize(
    "article",
    [
        {"title": H, "body": HTML},
        {"headline": H, "content": {"rendered": HTML}},
        {"title": {"rendered": H}, "content": {"rendered": HTML}},
        {"title": H, "content_elements": [{"type": "text", "content": text} for text in TEXT]},
        {"title": H, "blocks": [{"type": "p", "children": [{"text": t[:9]}, {"text": t[9:]}]} for t in TEXT]},
        {"title": H, "text": "\n\n".join(TEXT)},
    ],
)
def test_the_text_is_read_out_of_the_data(article: object) -> None:
    """Of the object that has the page's headline, however its text is packed, and of no other story."""
    others = [{"title": "Something else entirely", "body": f"<p>{OTHER}</p>"}]
    found = page(data({"props": {"pageProps": {"article": article, "related": others}}}))
    assert (found.headline, found.paragraphs) == (H, TEXT)
    assert ("endline", "APS") in [(credit.where, credit.value) for credit in found.credits]


def test_a_script_that_sets_one_variable_is_data() -> None:
    """As Redux and Nuxt have it."""
    state = json.dumps({"story": {"title": H, "body": HTML}})
    assert page(f"<script>window.__INITIAL_STATE__ = {state};</script>").paragraphs == TEXT


def flown(rows: str, length: int) -> str:
    """Scripts that push these rows in pieces of a length, as Next.js does."""
    pieces = [rows[at : at + length] for at in range(0, len(rows), length)]
    pushes = (f"<script>self.__next_f.push({json.dumps([1, piece])})</script>" for piece in pieces)
    return "<script>(self.__next_f=self.__next_f||[]).push([0])</script>" + "".join(pushes)


@pytest.mark.parametrize("length", [7, 90, 10_000])
def test_rows_that_scripts_push_in_pieces_are_data(length: int) -> None:
    """A long text is a row of its own, with its length in bytes; other rows are modules and hints."""
    long = f"<p>Café · {TEXT[0]}</p>{HTML}"
    props = json.dumps({"article": {"title": H, "body": "$1f", "publishedAt": "2026-03-08T10:20:00-03:00"}})
    rows = f'1:"$Sreact.fragment"\n:HL["/a.css","style"]\n2:I[12,["3"],"Page"]\n1f:T{len(long.encode()):x},{long}'
    found = page(flown(f'{rows}4:["$","$L2",null,{props}]\n5:{{broken\n', length))
    assert found.paragraphs == (f"Café · {TEXT[0]}", *TEXT)
    assert found.first_created is not None and found.first_created.isoformat() == "2026-03-08T13:20:00+00:00"


@pytest.mark.parametrize("rows", ["", "1f:Tffffffff,x", "zz", '4:["$1f"]', "1f:T", "\n\n"])
def test_rows_that_hold_no_story_are_none(rows: str) -> None:
    """Cut off, broken or empty: the page is refused as any without a text."""
    with pytest.raises(Unparseable, match="no story text"):
        page(flown(rows, 50))


def test_author_and_dates_are_read_with_the_text() -> None:
    """They are not guessed: they stand beside it."""
    article = {"title": H, "body": HTML, "publishedAt": "2026-03-08T10:20:00-03:00", "author": {"name": "Lia Campos"}}
    found = page(data({"article": article | {"updatedAt": "2026-03-08T11:00:00-03:00"}}))
    assert found.byline == "Lia Campos"
    assert found.first_created is not None and found.version_created is not None
    assert found.first_created.isoformat() == "2026-03-08T13:20:00+00:00"
    assert found.version_created.isoformat() == "2026-03-08T14:00:00+00:00"


def test_a_page_that_shows_its_text_is_read_as_it_is_shown() -> None:
    """What it holds beside that is not looked at."""
    shown = f"<h1>{H}</h1>" + "".join(f"<p>{text} {text} {text}</p>" for text in TEXT)
    found = page(data({"article": {"title": H, "body": f"<p>{OTHER}</p>"}}), shown=shown)
    assert OTHER not in " ".join(found.paragraphs)


@pytest.mark.parametrize("words", ["Loading...", "Carregando…", "Cargando", "Memuat...", "جار التحميل...", "加载中..."])
def test_a_page_that_is_still_loading_is_refused(words: str) -> None:
    """Its frame says no more than that; the data is of other stories, or broken."""
    for script in ("", data({"title": "Other", "body": HTML}), "<script type='application/json'>{</script>"):
        with pytest.raises(Unparseable, match="no story text"):
            page(script, shown=f"<p>{words}</p>")


def test_pointers_in_a_stated_text_become_links() -> None:
    """``articleBody`` of some outlets has them, with their addresses or without."""
    body = "\n\n".join((TEXT[0], "Read also: Ferries", *TEXT[1:]))
    article = {"@type": "NewsArticle", "headline": H, "articleBody": body}
    assert page(f"<script type='application/ld+json'>{json.dumps(article)}</script>").paragraphs == TEXT


def test_data_of_any_size_or_depth_harms_no_page_that_shows_a_little() -> None:
    """A brief is read as it is shown, whatever its page holds beside it."""
    shown = f"<h1>{H}</h1><p>{TEXT[0]}</p>"
    deep = "[" * 100_000 + "]" * 100_000
    wide = json.dumps({"title": H, "body": [{"text": "x"}] * 300_000})
    nested = json.dumps({"title": H, "content": [{"title": H, "content": ["x" * 20] * 50}] * 400})
    for held in (deep, wide):
        assert page(f"<script type='application/json'>{held}</script>", shown=shown).paragraphs == TEXT[:1]
    assert page(f"<script type='application/json'>{nested}</script>", shown=shown).headline == H


@given(st.lists(st.text(alphabet='0123456789abcT:,$"[]{}\n é', max_size=40), max_size=8))
def test_rows_of_any_kind_are_read_to_their_end(pieces: list[str]) -> None:
    """Whatever a script pushes breaks nothing."""
    assert all(isinstance(row, (dict, list)) for row in rows_of("".join(pieces)))
