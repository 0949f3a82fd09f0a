"""Group commit on a real nats-server: whoever writes is answered, whatever happens to the others and to the server."""

from __future__ import annotations

import asyncio
import os
import signal
from contextlib import suppress
from uuid import uuid4

import pytest
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.js.errors import NotFoundError

from dateline_kernel.commit import BUSY, FEW, GroupCommit, Message
from dateline_kernel.errors import Conflict, Duplicate, TooLarge, Unavailable, Undecided
from dateline_kernel.testing import PATIENCE, eventually, provisioned, real_server
from dateline_schemas.subjects import QUARANTINE


async def test_a_message_that_cannot_be_written_down_is_its_writers_fault_alone(client: Client) -> None:
    """Of many who write at one moment, who has a header that is no text is told so; the others are written."""
    commit = GroupCommit(client)
    headers = [{}, {"Name": "half a pair \ud800"}, {}]
    outcomes = await asyncio.gather(
        *(commit.commit([Message("quarantine.test.none", b"{}", header)]) for header in headers), return_exceptions=True
    )
    assert [type(outcome) for outcome in outcomes] == [int, UnicodeEncodeError, int]
    await commit.close()


@pytest.mark.parametrize("beside", [0, 1, FEW + 1])
async def test_a_message_that_its_headers_make_too_large_costs_nobody_the_connection(
    client: Client, beside: int
) -> None:
    """The server counts them, and hangs up on who sends more than it takes: such a one is not sent."""
    commit = GroupCommit(client)
    writers = [commit.commit([_note(number)]) for number in range(beside)]
    for room in (0, 100, 300, 500, 700, 900):
        payload = b"x" * (client.max_payload - room)
        writers.append(commit.commit([Message(f"quarantine.large.{room}", payload, {"Name": "v" * 500})]))
    outcomes = await asyncio.gather(*writers, return_exceptions=True)
    large = [TooLarge] * 5 + [int]
    assert [type(outcome) for outcome in outcomes] == [int] * beside + large
    await commit.close()


@pytest.mark.parametrize("beside", [0, FEW + 1])
@pytest.mark.parametrize(
    "large",
    [Message(f"quarantine.test.{'x' * 4_096}", b"{}", {}), Message("quarantine.test.x", b"{}", {"Name": "v" * 65_536})],
    ids=["subject", "headers"],
)
async def test_a_subject_or_headers_larger_than_the_server_reads_are_refused_by_themselves(
    client: Client, beside: int, large: Message
) -> None:
    """For such a line it ends the connection, and nats-py does not come back; such headers it will take on no day."""
    commit = GroupCommit(client)
    writers = [commit.commit([one]) for one in (large, *map(_note, range(beside)))]
    refused, *others = await asyncio.gather(*writers, return_exceptions=True)
    assert isinstance(refused, TooLarge)
    assert [type(outcome) for outcome in others] == [int] * beside
    assert await commit.commit([_note(0)])
    await commit.close()


def _note(number: int) -> Message:
    return Message(f"quarantine.test.{number}", b"{}", {})


async def test_who_writes_alone_does_not_wait_for_others(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """A batch is given time to fill only when the one before it was a large one."""
    monkeypatch.setattr("dateline_kernel.commit.FILLING", 3600)
    commit = GroupCommit(client)
    for number in range(3):
        assert await asyncio.wait_for(commit.commit([_note(number)]), PATIENCE)
    await commit.close()


async def test_who_comes_while_many_write_shares_their_batch(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a large batch the next one waits a moment: writers who come one after another are written together."""
    monkeypatch.setattr("dateline_kernel.commit.FILLING", 3.0)
    commit = GroupCommit(client)
    await asyncio.gather(*(commit.commit([_note(number)]) for number in range(BUSY)))
    sent: list[int] = []
    write = commit._write

    async def written(messages: list[Message]) -> int:
        sent.append(len(messages))
        return await write(messages)

    monkeypatch.setattr(commit, "_write", written)
    writers = []
    for number in range(FEW + 1):
        writers.append(asyncio.create_task(commit.commit([_note(BUSY + number)])))
        for _ in range(3):  # turns of the loop, in which a batch would have left
            await asyncio.sleep(0)
    numbers = await asyncio.gather(*writers)
    assert numbers == sorted(numbers)
    assert sent == [FEW + 1]
    await commit.close()


class Subjects:
    """Subjects that no other test writes to, and what stands there."""

    def __init__(self, client: Client) -> None:
        self._stream = client.jetstream()
        self._name = f"quarantine.{uuid4().hex}"

    def message(self, number: int) -> Message:
        """One that expects to be the first on its subject."""
        return Message(f"{self._name}.{number}", b"{}", {"Nats-Expected-Last-Subject-Sequence": "0"})

    async def batched(self, count: int) -> list[bool]:
        """Of each message up to the number, whether it came in a batch; those that are not there are left out."""
        found = []
        for number in range(count):
            with suppress(NotFoundError):
                found.append(await self._stream.get_last_msg(QUARANTINE.name, f"{self._name}.{number}"))
        return ["Nats-Batch-Id" in (message.headers or {}) for message in found]


@pytest.mark.parametrize(("count", "batched"), [(1, False), (FEW, False), (FEW + 1, True), (40, True)])
async def test_few_go_side_by_side_and_many_in_a_batch(client: Client, count: int, batched: bool) -> None:
    """A batch has a price that few messages do not earn; each writer hears where its own message stands."""
    commit, subjects = GroupCommit(client), Subjects(client)
    numbers = await asyncio.gather(*(commit.commit([subjects.message(number)]) for number in range(count)))
    assert len(set(numbers)) == count
    assert await subjects.batched(count) == [batched] * count
    await commit.close()


@pytest.mark.parametrize("together", [True, False])
async def test_messages_of_one_writer_are_parted_only_if_it_says_so(client: Client, together: bool) -> None:
    """All or none needs a batch, however few they are."""
    commit, subjects = GroupCommit(client), Subjects(client)
    await commit.commit([subjects.message(0), subjects.message(1)], together=together)
    assert await subjects.batched(2) == [together, together]
    await commit.close()


@pytest.mark.parametrize("count", [1, FEW + 1])
async def test_who_gives_up_while_it_is_written_keeps_nobody_waiting(client: Client, count: int) -> None:
    """Its message may be in the stream; the others of the batch, and those after them, are answered."""
    commit, subjects = GroupCommit(client), Subjects(client)
    writers = [asyncio.create_task(commit.commit([subjects.message(number)])) for number in range(count + 1)]
    sent = client.stats["out_msgs"]
    while client.stats["out_msgs"] == sent:
        await asyncio.sleep(0)
    writers[-1].cancel()
    *answers, gone = await asyncio.wait_for(asyncio.gather(*writers, return_exceptions=True), PATIENCE)
    assert isinstance(gone, asyncio.CancelledError)
    assert [type(answer) for answer in answers] == [int] * count
    assert await asyncio.wait_for(commit.commit([_note(0)]), PATIENCE)
    await commit.close()


@pytest.mark.parametrize(("together", "written"), [(True, 1), (False, 4)])
async def test_of_parted_messages_those_that_can_be_are_written(client: Client, together: bool, written: int) -> None:
    """One of them finds its place taken: its writer is told, and what it writes again is what was missing."""
    commit, subjects = GroupCommit(client), Subjects(client)
    await commit.commit([subjects.message(2)])
    with pytest.raises(Conflict):
        await commit.commit([subjects.message(number) for number in range(4)], together=together)
    assert len(await subjects.batched(4)) == written
    await commit.close()


async def test_that_something_is_unknown_counts_more_than_a_conflict(client: Client) -> None:
    """Who hears of a conflict may take what it wrote for written."""
    commit, subjects = GroupCommit(client), Subjects(client)
    await commit.commit([subjects.message(1)])
    with pytest.raises(Unavailable, match="no answer from the log"):
        await commit.commit([subjects.message(1), Message("of.no.stream", b"{}", {})], together=False)
    await commit.close()


@pytest.mark.parametrize(
    ("code", "told", "hint"),
    [
        (10071, Conflict, ""),
        (10164, Undecided, ""),
        (10158, Undecided, ""),
        (10201, Duplicate, ""),
        (10054, TooLarge, ""),
        (10097, TooLarge, ""),
        (10199, TooLarge, ""),
        (10176, Unavailable, "whether its disk is full"),
        (10077, Unavailable, ""),
    ],
)
async def test_what_the_server_says_no_to_is_told_as_what_to_do(
    client: Client, monkeypatch: pytest.MonkeyPatch, code: int, told: type[Exception], hint: str
) -> None:
    """Decide again, look what is there, refuse, or try again later: also when it is a reason nobody has met yet."""

    async def refused(*_: object, **__: object) -> Msg:
        data = b'{"error":{"code":400,"err_code":%d,"description":"no, and why"}}' % code
        return Msg(_client=client, data=data)

    commit = GroupCommit(client)
    monkeypatch.setattr(client, "request", refused)
    with pytest.raises(told, match=rf"no, and why \(JetStream error {code}\).*{hint}"):
        await commit.commit([Subjects(client).message(0)])


@pytest.mark.parametrize(("expects", "told"), [(True, Undecided), (False, Unavailable)])
async def test_that_one_of_many_is_on_its_way_already_is_heard_by_its_writer_alone(
    client: Client, monkeypatch: pytest.MonkeyPatch, expects: bool, told: type[Exception]
) -> None:
    """A cluster refuses a whole batch for it: two processes had the same to say. Who expects nothing tries again."""
    commit, subjects = GroupCommit(client), Subjects(client)
    twice = subjects.message(0)
    twice.headers["Nats-Msg-Id"] = twice.subject
    if not expects:
        del twice.headers["Nats-Expected-Last-Subject-Sequence"]
    asked = client.request

    async def on_its_way(subject: str, *data: bytes, headers: dict[str, str], **told: float) -> Msg:
        if subject != twice.subject and "Nats-Batch-Commit" not in headers:
            return await asked(subject, *data, headers=headers, **told)
        return Msg(_client=client, data=b'{"error":{"err_code":10158,"description":"message id is in process"}}')

    monkeypatch.setattr(client, "request", on_its_way)
    writers = [commit.commit([message]) for message in (twice, *map(subjects.message, range(1, FEW + 1)))]
    refused, *others = await asyncio.gather(*writers, return_exceptions=True)
    assert type(refused) is told
    assert [type(outcome) for outcome in others] == [int] * FEW
    await commit.close()


async def test_what_waits_is_written_before_the_writer_is_closed(client: Client) -> None:
    """Also where a batch of it is under way; and one that nobody has written with may be closed, too."""
    commit, subjects = GroupCommit(client), Subjects(client)
    await commit.close()
    writers = [asyncio.create_task(commit.commit([subjects.message(number)], ["a key"])) for number in range(3)]
    await asyncio.sleep(0)
    await commit.close()
    assert len({await writer for writer in writers}) == 3


async def test_while_there_is_no_connection_writers_are_told_at_once() -> None:
    """Kept for later by the client, it would be written after its writer had been told that nobody knows."""
    with real_server() as server:
        async with provisioned(server) as client:
            commit = GroupCommit(client)
            server.kill()
            await eventually(lambda: not client.is_connected)
            with pytest.raises(Unavailable, match="not connected"):
                await commit.commit([_note(0)])
            server.start()
            await eventually(lambda: client.is_connected)
            assert await commit.commit([_note(1)]) == 1


async def test_a_writer_that_is_dropped_leaves_no_task_behind(client: Client) -> None:
    """Commands and tests make a writer for one message: when that is written, nothing of it is under way any more."""
    await GroupCommit(client).commit([_note(0)])
    assert [task for task in asyncio.all_tasks() if task.get_name() == "group-commit"] == []


async def test_who_still_waits_for_an_answer_when_the_writer_is_closed_is_told() -> None:
    """The server dies with a write under way: closing does not leave its writer waiting for ever."""
    with real_server() as server:
        async with provisioned(server) as client:
            commit = GroupCommit(client, timeout=60)
            assert server.pid is not None
            os.kill(server.pid, signal.SIGSTOP)
            # It stops when its next thread is scheduled, and could answer until then.
            os.waitpid(server.pid, os.WUNTRACED)
            sent = client.stats["out_msgs"]
            writer = asyncio.create_task(commit.commit([Message("quarantine.test.none", b"{}", {})]))

            async def under_way() -> bool:
                return client.stats["out_msgs"] > sent

            await eventually(under_way)
            server.kill()

            async def gone() -> bool:
                return not client.is_connected

            await eventually(gone)
            await commit.close()
            with pytest.raises(Unavailable, match="closed before the log answered"):
                await asyncio.wait_for(writer, PATIENCE)
