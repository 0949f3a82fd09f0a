"""The names that are found in a labelled passage, and how they compare."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from evaluating import Score
from msgspec import Struct

from dateline_attribution.credits import credit
from dateline_enrichment.analyse import facts
from dateline_enrichment.authority import organisations
from dateline_schemas.facts import Facts
from names_eval.labelled import Labelled

KINDS = ("people", "places", "organisations")


class Judged(Struct, frozen=True):
    """A labelled passage with the facts found in it."""

    item: Labelled
    facts: Facts

    def got(self, kind: str) -> frozenset[str]:
        """The names found of a kind, places by their ids, without those that the label leaves open.

        One that the label gives in another way too is given as the label has it.
        """
        found = self._found(kind)
        if kind == "places":
            return found - self.item.also
        open_ = {_one_name(name) for name in self.item.also}
        labels = {way: label for label in self._labels(kind) for way in _ways(label)}
        return frozenset(labels.get(_one_name(name), name) for name in found if _one_name(name) not in open_)

    def wanted(self, kind: str) -> frozenset[str]:
        """The names of a kind that are right."""
        return frozenset(self.item.places.values()) if kind == "places" else self._labels(kind)

    @property
    def right(self) -> bool:
        """Whether nothing is wrong or missing."""
        return all(self.got(kind) == self.wanted(kind) for kind in KINDS)

    def _labels(self, kind: str) -> frozenset[str]:
        return frozenset(self.item.people if kind == "people" else self.item.organisations)

    def _found(self, kind: str) -> frozenset[str]:
        if kind == "places":
            return frozenset(place.id for place in self.facts.places)
        entities = self.facts.people if kind == "people" else self.facts.organisations
        return frozenset(entity.name for entity in entities)


def judge(item: Labelled) -> Judged:
    """The facts of a passage as the pipeline finds them: credited first, so that a dateline and a credit are known."""
    return Judged(item, facts(item.story, credit(item.story, language=item.language)))


def score(judged: Iterable[Judged], kind: str) -> Score:
    """The counts of a kind."""
    total = Score()
    for one in judged:
        total.add(one.got(kind), one.wanted(kind))
    return total


def _ways(label: str) -> list[str]:
    """The ways to give a name, each as it is compared."""
    return [_one_name(way) for way in label.split("|")]


def _one_name(name: str) -> str:
    """A name in small letters; that of an organisation that editors keep is one name in all languages."""
    return _kept().get(name.casefold(), name.casefold())


@lru_cache(maxsize=1)
def _kept() -> dict[str, str]:
    """Names of kept organisations in small letters, each with the one that is given out."""
    return {
        name.casefold(): one.name.casefold() for one in organisations() for name in (one.name, *one.names, *one.only)
    }
