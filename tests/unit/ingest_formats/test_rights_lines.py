"""Lines under stories of East Asia that say whose they are and forbid to print them: rights, and no copy."""

from __future__ import annotations

import pytest
from examples import tries
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline_ingest.formats import parse
from dateline_ingest.formats.message import DEFAULT_LIMITS
from dateline_ingest.formats.rightslines import heeding_rights
from dateline_schemas.story import CreditElement, Story

FIRST = "갑문이 월요일에 다시 열렸다고 운하 사무소가 밝혔다. 일 년 동안 공사가 이어졌다."
SECOND = "배들이 반 마일을 줄지어 기다린다고 사무소는 말했다."
NOTICES = (
    "<저작권자(c) 운하통신, 무단 전재-재배포 금지>",
    "저작권자 ⓒ 운하신문, 무단전재 및 재배포, AI 학습 금지",
    "[ⓒ 운하일보 & Canal.example, 무단전재 및 재배포 금지]",
    "이 기사의 저작권은 운하신문에 있습니다.",
    "Copyright (C) Canal News. All rights reserved. 無断複製転載を禁じます。",
    "（ｃ）運河通信 無断転載禁止",
    "版权所有，未经授权不得转载",
)
TERMS = (
    "무단 전재 및 재배포 금지",
    "無断転載を禁じます。",
    "記事・写真の無断転載はお断りします",
    "未经许可，不得转载。",
    "【版权声明】未经书面授权，禁止转载使用。",
)


def made(*paragraphs: str) -> Story:
    """A story of these paragraphs."""
    html = "".join(
        f"<p>{one.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')}</p>" for one in paragraphs
    )
    ends = tuple(CreditElement(where="endline", value=one) for one in paragraphs[-1:])
    return Story(guid="urn:x:1", paragraphs=paragraphs, body_html=html, credits=ends)


@pytest.mark.parametrize("line", NOTICES + TERMS)
def test_they_leave_the_body(line: str) -> None:
    """An owner makes it the copyright notice, a ban alone terms of use; it is a credit in any case."""
    found = heeding_rights(made(FIRST, SECOND, line))
    assert found.paragraphs == (FIRST, SECOND)
    assert found.body_html == f"<p>{FIRST}</p><p>{SECOND}</p>"
    assert found.credits == (CreditElement(where="copyrightnotice", value=line),)
    assert (found.copyright_notice, found.usage_terms) == ((line, "") if line in NOTICES else ("", line))


@pytest.mark.parametrize(
    "line",
    [
        "그는 무단 전재를 금지한다고 말했다.",
        "저작권자 협회는 무단 전재 금지를 요구했다고 밝혔다.",
        "同社は無断転載を禁止した。",
        "公司称未经授权不得转载其内容。",
        "版权所有者昨天说，他们将起诉。",
        "Copyright 2026 Example Press. All rights reserved.",
    ],
)
def test_sentences_about_rights_stay(line: str) -> None:
    """A story may be about them; notices in other languages are credit lines as before."""
    assert heeding_rights(made(FIRST, SECOND, line)) == made(FIRST, SECOND, line)


def test_where_they_stand() -> None:
    """At either end of the body, marked up or not; far within it, and where there is nothing else, they stay."""
    line = NOTICES[0]
    assert heeding_rights(made(line, *[FIRST] * 9)).paragraphs == (FIRST,) * 9
    within = made(*[FIRST] * 4, line, *[FIRST] * 4)
    assert heeding_rights(within) == within
    assert heeding_rights(made(line)) == made(line)
    marked = Story(
        guid="urn:x:1",
        paragraphs=(FIRST, TERMS[0]),
        body_html=f"<p>{FIRST}</p><ul><li>x</li></ul><h4><b>무단 전재</b> 및 재배포 금지</h4>",
        usage_terms="stated",
    )
    found = heeding_rights(marked)
    assert (found.body_html, found.usage_terms) == (f"<p>{FIRST}</p><ul><li>x</li></ul>", "stated")


def test_in_every_format() -> None:
    """Pages, feeds and texts alike."""
    line = NOTICES[0]
    body = f"<p>{FIRST}</p><p>{SECOND}</p><p>{line.replace('<', '&lt;')}</p>"
    page = f"<html><body><article><h1>갑문 개통</h1>{body}</article>"
    for data, hint in ((page, ""), (f"갑문 개통\n\n{FIRST}\n\n{SECOND}\n\n{line}\n", "text")):
        (found,) = parse(data.encode(), hint=hint, limits=DEFAULT_LIMITS).stories
        assert (found.paragraphs[-1], found.copyright_notice) == (SECOND, line)


@settings(max_examples=tries(200), deadline=None)
@given(st.lists(st.sampled_from((*NOTICES, *TERMS, FIRST, SECOND)), min_size=1, max_size=8))
def test_nothing_is_lost(paragraphs: list[str]) -> None:
    """What leaves the body is a credit, and what stays is in order."""
    story = made(*paragraphs)
    found = heeding_rights(story)
    assert {*found.paragraphs, *[one.value for one in found.credits]} >= set(paragraphs)
    left = iter(paragraphs)
    assert all(one in left for one in found.paragraphs)
    assert found.paragraphs
