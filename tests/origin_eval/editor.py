"""A seeded editor: what outlets do to agency copy before they print it without saying whose it is."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

Body = tuple[str, ...]
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|(?<=[。!?])")
_WORD = re.compile(r"\w+")


class Editor:
    """Edits by one random generator, so that a run can be repeated."""

    def __init__(self, rng: random.Random, own: Sequence[str], words: Sequence[str]) -> None:
        """``own``: sentences of the outlet's own reporting; ``words``: what words are replaced by."""
        self._rng = rng
        self._own = own
        self._words = words

    def cut(self, body: Body, share: float) -> Body:
        """Keep the beginning."""
        return self._body(_first(sentences(body), share))

    def drop(self, body: Body, share: float) -> Body:
        """Leave sentences out here and there."""
        kept = sentences(body)
        while size(kept) > share * size(sentences(body)) and len(kept) > 1:
            kept.pop(self._rng.randrange(len(kept)))
        return self._body(kept)

    def reorder(self, body: Body, share: float) -> Body:
        """Other order, other paragraphs."""
        kept = _first(sentences(body), share)
        self._rng.shuffle(kept)
        return self._body(kept)

    def replace(self, body: Body, share: float) -> Body:
        """Other words for some: the share that is left."""

        def other(word: re.Match[str]) -> str:
            return word[0] if self._rng.random() < share else self._rng.choice(self._words)

        return tuple(_WORD.sub(other, text) for text in body)

    def rewrite(self, body: Body, share: float) -> Body:
        """As much of one's own instead of some sentences."""
        kept = sentences(body)
        whole = size(kept)
        for nth in self._rng.sample(range(len(kept)), len(kept)):
            if size(kept) - len(kept[nth]) >= share * whole:
                kept[nth] = ""
        for text in self._of_own(whole - size(kept)):
            kept.insert(self._rng.randint(0, len(kept)), text)
        return self._body([text for text in kept if text])

    def splice(self, body: Body, share: float) -> Body:
        """Own reporting before and behind; the share is the agency's of what comes out."""
        theirs = sentences(body)
        wanted = size(theirs) * (1 - share) / share
        return self._body(self._of_own(wanted / 2) + theirs + self._of_own(wanted / 2))

    def desk(self, body: Body, share: float) -> Body:
        """All of it: shortened, reordered, one word in ten replaced, a fifth of it own."""
        return self.splice(self.replace(self.reorder(body, share), 0.9), 0.8)

    def background(self, body: Body, share: float) -> Body:
        """An own story with some paragraphs of the agency's: the share is the agency's of what comes out."""
        theirs = _first(sentences(body), 0.5)
        return self._body(self._of_own(size(theirs) * (1 - share) / share) + theirs)

    def speech(self, body: Body, share: float) -> Body:
        """An own story that quotes what the agency's text has, as if somebody had said it to both."""
        theirs = _first(sentences(body), 0.6)
        quoted = [f"“{text}”" for text in theirs]
        return self._body(self._of_own(size(theirs) * (1 - share) / share) + quoted)

    def _of_own(self, wanted: float) -> list[str]:
        """Own sentences of so many characters, within half of the shortest that can be had."""
        found: list[str] = []
        while (left := wanted - size(found)) > 0:
            some = self._rng.sample(self._own, min(12, len(self._own)))
            found.append(min(some, key=lambda text: abs(len(text) - min(left, 120))))
        return found

    def _body(self, kept: Sequence[str]) -> Body:
        """Sentences in new paragraphs of one to four."""
        found, left = [], list(kept)
        while left:
            count = self._rng.randint(1, 4)
            found.append(" ".join(left[:count]))
            left = left[count:]
        return tuple(found)


Edit = Callable[[Editor, Body, float], Body]
COPIES: dict[str, tuple[Edit, tuple[float, ...]]] = {
    "cut": (Editor.cut, (0.8, 0.6, 0.4)),
    "drop": (Editor.drop, (0.8, 0.6, 0.4)),
    "reorder": (Editor.reorder, (1.0, 0.6)),
    "replace": (Editor.replace, (0.9, 0.8, 0.7)),
    "rewrite": (Editor.rewrite, (0.8, 0.6, 0.5)),
    "splice": (Editor.splice, (0.8, 0.6, 0.5)),
    "desk": (Editor.desk, (0.8, 0.6)),
}
"""Edits that leave a copy, with the shares of the text that they keep."""
NO_COPIES: dict[str, tuple[Edit, tuple[float, ...]]] = {
    "background": (Editor.background, (0.3, 0.2)),
    "speech": (Editor.speech, (0.6, 0.4)),
}
"""What is no copy, though it has words of the agency's."""


def sentences(body: Sequence[str]) -> list[str]:
    """The sentences of a text."""
    return [part for text in body for part in _SENTENCE.split(text.strip()) if part.strip()]


def size(parts: Sequence[str]) -> int:
    """How long they are, in characters: the same measure in every script."""
    return sum(map(len, parts))


def _first(parts: list[str], share: float) -> list[str]:
    left = share * size(parts)
    for count, text in enumerate(parts):
        left -= len(text)
        if left < 0:
            return parts[: max(1, count)]
    return parts
