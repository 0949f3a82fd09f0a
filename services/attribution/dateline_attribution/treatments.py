"""Whether the text says that it was translated or rewritten, and from whose copy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ahocorasick_rs import AhoCorasick, Implementation
from msgspec import Struct
from msgspec.structs import replace

from dateline_attribution.agencies import AgencyBook
from dateline_attribution.mentions import Mention, finder_of, mask, signs_at
from dateline_attribution.rules import Place, RuleSet
from dateline_attribution.texts import Piece
from dateline_schemas.credit import AgencyShare

_LINE = 300
"""Characters of a part that may say so: it is a credit, not a story about a translation."""
_PLACES: frozenset[Place] = frozenset(("byline", "creditline", "source", "dateline", "opening", "mark", "ending"))
"""First places of parts that may say so; a part that is near the beginning or the end has that as its first."""
_STEMS = (
    "ransl",
    "radu",
    "berset",
    "earbei",
    "ekürzt",
    "dapt",
    "dited",
    "bridged",
    "ewrit",
    "ersat",
    "versätt",
    "verset",
    "ерев",
    "ерекл",
    "łum",
    "řelo",
    "řekl",
    "evir",
    "ertaal",
    "ewerk",
    "mskrev",
    "iscritt",
    "laborad",
    "escrit",
    "édig",
    "edig",
    "編集",
    "翻訳",
    "编译",
    "編譯",
    "译自",
    "譯自",
    "번역",
    "अनुवाद",
    "अनूदित",
    "ترجم",
    "ετάφρ",
    "εταφρ",
    "תרג",
    "ondens",
    "hortened",
    "pracow",
    "pracov",
    "datt",
    "accourci",
    "éécrit",
    "брабо",
    "käänn",
    "uokattu",
    "ischen von",
    "ischen ü",
    "ischen (",
    "uomen",
)
"""One of them is in every wording; most stories have none, and none of the shapes need be tried."""
_stems = AhoCorasick(list(_STEMS), implementation=Implementation.DFA, store_patterns=True)


class Treated(Struct, frozen=True):
    """A part says that copy was translated or rewritten; of this agency, or of all if it is empty."""

    does: str
    agency: str
    where: str
    text: str
    rule: str


def treated(parts: Sequence[Piece], book: AgencyBook, rules: RuleSet) -> list[Treated]:
    """What the credits in a story's parts say of how its copy was treated."""
    lines = [part for part in parts if part.places[0] in _PLACES and len(part.text) <= _LINE]
    if not _stems.find_matches_as_strings("\n".join([part.text for part in lines])):
        return []
    return [found for part in lines for found in _in_part(part, book, rules)]


def _in_part(part: Piece, book: AgencyBook, rules: RuleSet) -> Iterator[Treated]:
    mentions: Sequence[Mention] = finder_of(book).find([part.text]).get(0, ())
    masked = mask(part.text, mentions)
    held = rules.sieve.held(masked)
    signs = signs_at(mentions)
    for treatment in rules.treatments:
        if treatment.needs & held != treatment.needs:
            continue
        for match in treatment.pattern.finditer(masked):
            span = match.span("a") if "a" in treatment.pattern.groupindex else (-1, -1)
            named = [mentions[nth].agency.id for nth, at in enumerate(signs) if span[0] <= at < span[1]]
            for agency in named or [""]:
                yield Treated(treatment.row.does, agency, part.where, part.exact[:200], treatment.row.id)


def shared(shares: Sequence[AgencyShare], found: Sequence[Treated]) -> tuple[AgencyShare, ...]:
    """The shares with what the text says of each agency's copy."""
    return tuple(
        replace(
            share,
            translated=any(one.does == "translated" and one.agency in ("", share.agency) for one in found),
            rewritten=any(one.does == "rewritten" and one.agency in ("", share.agency) for one in found),
        )
        for share in shares
    )
