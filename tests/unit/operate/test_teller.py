"""Saying something to a reader who stalls: nobody waits, and what was lost is counted."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from dateline_kernel.testing import PATIENCE
from dateline_operate.console.teller import Teller


class Pipe:
    """A pipe of the test's own."""

    def __init__(self) -> None:
        reading, writing = os.pipe()
        self.reader, self.writer = os.fdopen(reading, "rb", 0), os.fdopen(writing, "wb", 0)
        self.end = writing

    def fill(self) -> int:
        """Fill it, as a reader that stalls has it; the bytes in it."""
        os.set_blocking(self.end, False)
        count = 0
        while written := self.writer.write(b"." * 4096):
            count += written
        os.set_blocking(self.end, True)
        return count

    def read(self, count: int) -> bytes:
        """So many bytes, or what there is until the end."""
        data = b""
        while len(data) < count and (more := self.reader.read(count - len(data))):
            data += more
        return data

    def rest(self) -> list[bytes]:
        """The lines that are left, after which the pipe is closed."""
        self.writer.close()
        return self.reader.read().splitlines()


@pytest.fixture
def pipe() -> Iterator[Pipe]:
    """Closed afterwards, the reading end first: that ends whoever still writes."""
    made = Pipe()
    yield made
    made.reader.close()
    made.writer.close()


def missed(lines: int) -> bytes:
    """What stands for lines that were dropped."""
    return b"missed %d\n" % lines


def test_what_is_said_comes_in_order_and_before_the_end(pipe: Pipe) -> None:
    """A reader that reads gets every line; the end waits for it."""
    teller = Teller(pipe.end, missed)
    for nth in range(100):
        teller.say(b"%d\n" % nth)
    teller.close(within=PATIENCE)
    assert pipe.rest() == [b"%d" % nth for nth in range(100)]


def test_nobody_waits_for_a_reader_that_stalls_and_what_it_lost_is_counted(pipe: Pipe) -> None:
    """The newest lines are kept, and where the others would have been stands how many they were."""
    there = pipe.fill()
    teller = Teller(pipe.end, missed, limit=10)
    for nth in range(1000):
        teller.say(b"%d\n" % nth)
    pipe.read(there)
    teller.close(within=PATIENCE)
    lines = pipe.rest()
    assert lines[-10:] == [b"%d" % nth for nth in range(990, 1000)]
    # Besides these the thread may have taken one line before it was held, after some that were dropped already.
    assert 11 <= len(lines) <= 13
    at = 0
    for line in lines:
        if line.startswith(b"missed"):
            at += int(line.split()[1])
        else:
            assert line == b"%d" % at
            at += 1


def test_the_end_does_not_wait_for_a_reader_that_stalls(pipe: Pipe) -> None:
    """It gives up after its time."""
    pipe.fill()
    teller = Teller(pipe.end, missed)
    teller.say(b"last words\n")
    teller.close(within=0.01)


def test_who_says_something_to_a_reader_that_has_gone_is_told(pipe: Pipe) -> None:
    """As ``head`` goes when it has enough: the command may end."""
    teller = Teller(pipe.end, missed)
    pipe.reader.close()
    teller.say(b"anybody?\n")
    teller.close(within=PATIENCE)
    with pytest.raises(BrokenPipeError):
        teller.say(b"nobody\n")


def test_a_descriptor_that_does_not_block_is_waited_for(pipe: Pipe) -> None:
    """Whoever started the command may have made it so; nothing is lost."""
    there = pipe.fill()
    os.set_blocking(pipe.end, False)
    teller = Teller(pipe.end, missed)
    teller.say(b"patience\n")
    pipe.read(there)
    teller.close(within=PATIENCE)
    assert pipe.rest() == [b"patience"]
