"""Who reads a stream of a cluster, where a server of it is away and takes those with it who read on it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from dateline_kernel import consumers
from dateline_kernel.consumers import Untold, readers_of, told_of
from dateline_kernel.quickclient import QuickClient
from dateline_schemas.subjects import STORIES, TOPICS

SERVICE = "publish-canceled"


def page(*names: str, missing: tuple[str, ...] = (), total: int = 0) -> bytes:
    """Of the server's answer; who is called ``tail`` has no name of his own."""
    made = datetime(2026, 3, 26, tzinfo=UTC)
    there = [{"name": one, "created": made, "config": {} if one == "tail" else {"durable_name": one}} for one in names]
    return msgspec.json.encode({"consumers": there, "missing": missing, "total": total or len(names) + len(missing)})


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What the server answers, one after the other."""
    answers: list[bytes] = []

    async def asked(client: QuickClient, what: str, kind: type[Any], *_: object) -> Any:
        return msgspec.json.decode(answers.pop(0), type=kind)

    async def never_restored(*_: object) -> tuple[int, dict[str, datetime]]:
        return 0, {}

    monkeypatch.setattr(consumers, "asked", asked)
    monkeypatch.setattr(consumers, "made_before", never_restored)
    return answers


async def test_who_is_not_told_keeps_nobody_else_from_being_told(pages: list[bytes]) -> None:
    """A reader without a name goes with the server on which it stands, which may be away for a night."""
    pages += [page("desk", "tail", missing=("gone",))]
    told, untold = await told_of(QuickClient(), TOPICS.name)
    assert [one.name for one in told] == ["desk"]
    assert untold is not None
    assert (untold.names, str(untold)) == ({"gone"}, "how far gone of stream TOPICS got is not told")


async def test_who_is_told_on_a_later_page_is_told(pages: list[bytes]) -> None:
    """While the pages are turned it moved to the next, or its leader was chosen."""
    pages += [page("desk", missing=("city",), total=3), page("city")]
    told, untold = await told_of(QuickClient(), TOPICS.name)
    assert [one.name for one in told] == ["city", "desk"]
    assert untold is None


@pytest.mark.parametrize(
    ("stream", "known", "missing", "untold"),
    [
        (TOPICS.name, False, "gone", True),
        (TOPICS.name, True, "gone", False),
        (STORIES.name, False, "gone", False),
        (STORIES.name, False, SERVICE, True),
        (STORIES.name, True, SERVICE, True),
    ],
)
async def test_of_the_log_only_the_services_must_be_told(
    pages: list[bytes], stream: str, known: bool, missing: str, untold: bool
) -> None:
    """Others mostly read it for a moment."""
    pages += [page("desk", missing=(missing,))]
    try:
        assert [one.name for one in await readers_of(QuickClient(), stream, known=known)] == ["desk"]
        assert not untold
    except Untold as error:
        assert untold
        assert error.names == {missing}
