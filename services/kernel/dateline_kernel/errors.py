"""Failures as types that say what to do: try again, decide again, refuse, or stop."""

from __future__ import annotations


class KernelError(Exception):
    """Base of everything the kernel raises on purpose."""


class Unavailable(KernelError):
    """The log did not answer, so nobody knows whether the write is in it. Try again later; identity makes that safe."""


class Conflict(KernelError):
    """Something happened to the story since it was loaded. Load it again and decide again."""


class Undecided(Conflict):
    """Another write to the same place, or the same one, is under way, and may come to nothing."""


class Behind(KernelError):
    """TOPICS has an announcement of the story that the log has lost. Look at what stands there, and decide again."""


class Duplicate(KernelError):
    """At least one of these events is in the log already. Load the story and see which."""


class NotAllowed(KernelError):
    """A service tried to say what its row of the flow does not have. A programming error: never retried."""


class TooLarge(KernelError):
    """The message is larger than the server takes. Refuse it; trying again cannot help."""


class Misconfigured(KernelError):
    """A setting is wrong; the message names the key, its value's fault and where it came from. Stop."""


def words(error: BaseException) -> str:
    """What an exception says, or JetStream by it; its name where it says nothing, as a plain TimeoutError does."""
    return getattr(error, "description", None) or str(error) or type(error).__name__
