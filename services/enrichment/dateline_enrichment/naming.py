"""Values for people: a person, a candidate for one, and which candidates are sure enough."""

from __future__ import annotations

from msgspec import Struct

from dateline_enrichment.copytext import Copy
from dateline_enrichment.runs import Runs

ENOUGH = 0.5
"""Evidence from which on a run is a person."""


Span = tuple[int, int]
"""(start, end) in the text"""


class Person(Struct, frozen=True):
    """A person, with every place of the text that names them."""

    name: str
    """The fullest name that the text gives, as written."""
    spans: tuple[Span, ...]
    confidence: float
    method: str


class Context(Struct, frozen=True, gc=False):
    """What is known of a text before people are looked for in it."""

    copy: Copy
    language: str
    runs: Runs
    """Runs of capitalised words, without those of a headline in title case."""
    claimed: bytes
    """For each position of the text 1 where an organisation or a place of several words stands, else 0."""
    places: dict[str, int]
    """Names of places in the text -> how sure each is by itself (``gazetteer.py``)."""
    inflected: frozenset[int]
    """Starts of place names that have a case ending: ``Berliinissä``."""
    surname_first: bool
    """The language writes the given name last."""


Candidate = tuple[int, int, str, float]
"""A part of the text that may be a person's name: (start, end, name, evidence)."""


class Mentions(Struct, frozen=True, gc=False):
    """Names, with their spans in the text and the evidence that they are people's."""

    spans: dict[str, list[Span]]
    scores: dict[str, float]


def gathered(full: list[Candidate]) -> Mentions:
    """All candidates by their names; the surest of each counts."""
    spans: dict[str, list[Span]] = {}
    scores: dict[str, float] = {}
    for start, end, name, score in full:
        spans.setdefault(name, []).append((start, end))
        scores[name] = max(score, scores.get(name, score))
    return Mentions(spans, scores)


def repeated(full: list[Candidate], single: list[Candidate]) -> Mentions:
    """Candidates that are sure, or whose surname stands alone later, or whose name comes again."""
    alone = {name.rpartition(" ")[2] for _, _, name, _ in single}
    spans: dict[str, list[Span]] = {}
    scores: dict[str, float] = {}
    for start, end, name, score in full:
        if name.rpartition(" ")[2] in alone:
            score += 0.3
        if name in spans:
            spans[name].append((start, end))
            again = scores[name] + 0.1
            scores[name] = score if score > again else again
        else:
            spans[name] = [(start, end)]
            scores[name] = score
    for name, score in scores.items():
        if score < ENOUGH:
            del spans[name]
    _quieten(spans, scores)
    return Mentions(spans, scores)


def _quieten(spans: dict[str, list[Span]], scores: dict[str, float]) -> None:
    """Move the spans of a name in capitals to the same name in normal case, if the text has it."""
    for loud in [name for name in spans if name.isupper()]:
        folded = loud.casefold()
        name = next((other for other in spans if other != loud and other.casefold() == folded), "")
        if name:
            spans[name] += spans.pop(loud)
            scores[name] = max(scores[name], scores.pop(loud))
