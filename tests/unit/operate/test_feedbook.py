"""API keys as operators get them."""

from __future__ import annotations

import secrets

import pytest

from dateline_operate import main
from dateline_operate.commands import push
from dateline_operate.feeds.book import new_key


def test_a_key_can_be_given_to_a_command_whatever_chance_made_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """One key in 64 began with ``-``, which ``--key KEY`` takes for the next option."""
    monkeypatch.setattr(secrets, "token_urlsafe", lambda count: "-" * count)
    given: list[str] = []

    def run(options: push.Options) -> int:
        given.append(options.key)
        return 0

    monkeypatch.setattr(push, "run", run)
    key = new_key()
    with pytest.raises(SystemExit) as ended:
        main.main(["push", "-", "--key", key])
    assert ended.value.code == 0
    assert given == [key]


def test_no_two_keys_are_alike() -> None:
    """And each has 256 bits of chance: 43 characters of 6."""
    keys = {new_key() for _ in range(100)}
    assert len(keys) == 100
    assert {len(key) for key in keys} == {len("dl_") + 43}
