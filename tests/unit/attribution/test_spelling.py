"""What looks the same is spelled the same, and a text that is plain already is only looked over."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dateline_attribution.spelling import spelled

_ODD = "\t\u00a0\u00ad\u00b4\u2011\u2019\u200b\uff21\u0661\ue000"


def test_each_character_is_spelled_by_itself() -> None:
    """Spaces, hyphens, apostrophes, wide letters, digits: what each becomes is as long as it was."""
    assert spelled("\t\u00a0\u00ad\u00b4") == "   '"
    assert spelled("\u2011\u2019\u200b\uff21\u0661\ue000") == "-' A1 "


@given(st.text(st.sampled_from("aé–文" + _ODD)))
def test_a_text_is_spelled_as_its_characters_are(text: str) -> None:
    """In whatever company they stand: of ASCII, of the west of Europe, of any script."""
    assert spelled(text) == "".join(map(spelled, text))
    assert len(spelled(text)) == len(text)


@given(st.text(st.characters(max_codepoint=0xFF)))
def test_western_texts_are_spelled_as_in_any_company(text: str) -> None:
    """A character of another script beside them changes nothing."""
    assert spelled(text) == spelled(f"文{text}")[1:]
