"""What the rules say of a labelled story, and how that compares."""

from __future__ import annotations

from collections.abc import Iterable

from evaluating import Score
from msgspec import Struct

from attribution_eval.labelled import Labelled
from dateline_attribution.credits import credit
from dateline_attribution.tableset import package_tables
from dateline_schemas.credit import Credit

KINDS = ("agencies", "cited", "pictures")


class Judged(Struct, frozen=True):
    """A labelled story with the credit it got."""

    item: Labelled
    credit: Credit

    def got(self, kind: str) -> frozenset[str]:
        """The ids found of a kind, as the label can know them."""
        found: tuple[str, ...] = getattr(self.credit, kind)
        if kind == "agencies" and self.item.sender:
            return frozenset(found[:1])
        return (
            frozenset(found) - (_picture_agencies() - set(self.wanted(kind) or ()))
            if kind == "pictures"
            else (frozenset(found))
        )

    def wanted(self, kind: str) -> frozenset[str] | None:
        """The ids that are right; ``None`` where the label does not say."""
        said: tuple[str, ...] | None = getattr(self.item, kind)
        return None if said is None else frozenset(said)

    @property
    def right(self) -> bool:
        """Whether nothing is wrong or missing, its role included."""
        same = all(self.wanted(kind) in (None, self.got(kind)) for kind in KINDS)
        return same and self.item.role in ("", self.credit.role)


def judge(item: Labelled) -> Judged:
    """The credit by the package's tables; an empty one for a file that could not be read."""
    return Judged(item, credit(item.story) if item.story else Credit())


def score(judged: Iterable[Judged], kind: str, agency: str = "") -> Score:
    """The counts of a kind; of one agency alone if named."""
    total = Score()
    for one in judged:
        if (wanted := one.wanted(kind)) is not None:
            got = one.got(kind)
            if agency:
                got, wanted = got & {agency}, wanted & {agency}
            total.add(got, wanted)
    return total


def _picture_agencies() -> frozenset[str]:
    return frozenset(agency.id for agency in package_tables().book.agencies if agency.kind == "picture")
