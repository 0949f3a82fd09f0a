"""How fast a feed may push: a token bucket. Pure."""

from __future__ import annotations


class Pace:
    """At most ``per_second`` on average, a second's worth at once. The time is passed in, in seconds.

    The messages of a batch are let in together when the bucket is full but for the first of them, however many they
    are: what is taken too much is paid back before the next push. Else more than a second's worth could never come.
    """

    def __init__(self, per_second: int) -> None:
        self.per_second = per_second
        self._level = float(per_second)
        self._at = 0.0

    def wait(self, now: float) -> float:
        """Take one: 0.0 if there is one, else the seconds until there will be."""
        return self._take(now, 1, 1)

    def wait_more(self, now: float, count: int) -> float:
        """Take ``count`` more, of a batch whose first was taken: 0.0, or the seconds until they will be let in."""
        return self._take(now, count, min(count, self.per_second - 1))

    def _take(self, now: float, count: int, needed: int) -> float:
        if not self.per_second:
            return 0.0
        self._level = min(float(self.per_second), self._level + (now - self._at) * self.per_second)
        self._at = now
        if self._level >= needed:
            self._level -= count
            return 0.0
        return (needed - self._level) / self.per_second
