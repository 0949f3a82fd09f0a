"""Messages in XML that are read beside one another, as large ones are, in threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from dateline_ingest.formats import Unparseable, parse

_HEAD = "<nitf><head><title>Pier reopens</title></head><body><body.content>"
_WHOLE = f"{_HEAD}<p>The pier is open.</p></body.content></body></nitf>"
_UNEXPLAINED = f"{_HEAD}<p>The <x:name>pier</x:name> is open.</p></body.content></body></nitf>"
_CUT = f"{_HEAD}<p>The pier"


def _said(message: str) -> str:
    try:
        return "|".join(story.headline for story in parse(message.encode()).stories)
    except Unparseable as fault:
        return str(fault)


def test_what_is_wrong_with_one_message_is_not_taken_for_what_is_wrong_with_another() -> None:
    """A prefix that nothing explains is forgiven, a message that is cut off is not, whoever reads the other one."""
    alone = [_said(message) for message in (_WHOLE, _UNEXPLAINED, _CUT)]
    assert alone[:2] == ["Pier reopens", "Pier reopens"]
    assert "broken XML" in alone[2]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(_said, [_WHOLE, _UNEXPLAINED, _CUT] * 40)) == alone * 40
