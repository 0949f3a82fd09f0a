"""Whether the text says that it was translated or rewritten, and from whose copy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ahocorasick_rs import AhoCorasick, Implementation
from msgspec.structs import replace

from dateline_attribution.agencies import AgencyBook
from dateline_attribution.findings import quoted
from dateline_attribution.mentions import Mention, finder_of, mask, signs_at
from dateline_attribution.rules import Place, RuleSet
from dateline_attribution.texts import Piece
from dateline_schemas.credit import AgencyShare, Treatment

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


def treated(parts: Sequence[Piece], book: AgencyBook, rules: RuleSet) -> tuple[Treatment, ...]:
    """What the credits in a story's parts say of how its copy was treated."""
    lines = [part for part in parts if part.places[0] in _PLACES and len(part.text) <= _LINE]
    if not _stems.find_matches_as_strings("\n".join([part.text for part in lines])):
        return ()
    return tuple(found for part in lines for found in _in_part(part, book, rules))


def _in_part(part: Piece, book: AgencyBook, rules: RuleSet) -> Iterator[Treatment]:
    mentions: Sequence[Mention] = finder_of(book).find([part.text]).get(0, ())
    masked = mask(part.text, mentions)
    held = rules.sieve.held(masked)
    signs = signs_at(mentions)
    for wording in rules.treatments:
        if wording.needs & held != wording.needs:
            continue
        for match in wording.pattern.finditer(masked):
            span = match.span("a") if "a" in wording.pattern.groupindex else (-1, -1)
            named = [mentions[nth].agency.id for nth, at in enumerate(signs) if span[0] <= at < span[1]]
            text, start = quoted(part.exact, match, mentions, signs)
            for agency in named or [""]:
                yield Treatment(
                    does=wording.row.does,
                    where=part.where,
                    text=text,
                    start=start,
                    rule=wording.row.id,
                    confidence=wording.row.confidence,
                    agency=agency,
                )


def shared(shares: Sequence[AgencyShare], found: Sequence[Treatment]) -> tuple[AgencyShare, ...]:
    """The shares with what the text says of each agency's copy."""
    return tuple(
        replace(
            share,
            translated=any(one.does == "translated" and one.agency in ("", share.agency) for one in found),
            rewritten=any(one.does == "rewritten" and one.agency in ("", share.agency) for one in found),
        )
        for share in shares
    )
