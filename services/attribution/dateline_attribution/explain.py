"""A credit explained line by line: where it was looked, what stood there, which rule took it, and why it won."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from dateline_attribution.credits import Weighing, credit_of, weigh
from dateline_attribution.decision import Decision
from dateline_attribution.mentions import Mention, finder_of
from dateline_attribution.tableset import Tables, package_tables
from dateline_attribution.takings import Finding
from dateline_attribution.texts import Piece
from dateline_schemas.credit import Author, Credit, Dateline, Treatment
from dateline_schemas.feeds import Contract
from dateline_schemas.story import Story

_QUOTE = 100


class Step(Struct, frozen=True, kw_only=True):
    """One agency named in one part of the story, or known from an address, a habit or the contract."""

    where: str
    text: str
    """The exact text, at most 100 characters."""
    start: int = 0
    """Where it begins in that part, in characters."""
    agency: str
    rule: str = ""
    """Rule that took it; empty where none did, which is no credit and no citation."""
    means: str = "none"
    role: str = ""
    """What a rule for copy says of the rest of the text: ``sole``, ``with``, or nothing."""
    confidence: float = 0.0
    verdict: str
    """What it did to the decision, and why."""


class Explanation(Struct, frozen=True, kw_only=True):
    """A credit with the steps that led to it, in the order of the story."""

    rules: str
    steps: tuple[Step, ...]
    credit: Credit


def explain(
    story: Story, contract: Contract | None = None, *, language: str = "", tables: Tables | None = None
) -> Explanation:
    """Decide as ``credit`` does, and keep everything that was seen on the way."""
    tables = tables or package_tables()
    weighing = weigh(story, contract, tables)
    said = credit_of(story, contract, weighing, language, tables)
    return Explanation(
        rules=tables.version,
        steps=tuple(_steps(weighing, tables)),
        credit=said,
    )


def lines(found: Explanation) -> Iterator[str]:
    """An explanation as lines of plain text."""
    said = found.credit
    yield f"rules     {found.rules}"
    for step in found.steps:
        yield f"{_span(step.where, step.start)}: {step.text!r}"
        means = f"{step.means} ({step.role})" if step.role else step.means
        taken = f"{step.rule}: {means}, {step.confidence:.2f}" if step.rule else "no rule takes it"
        yield f"    {step.agency}: {taken}; {step.verdict}"
    for wording in said.treatments:
        whose = wording.agency or "whoever is credited"
        yield f"{_span(wording.where, wording.start)}: {wording.text!r} says {wording.does}, {whose} ({_by(wording)})"
    yield f"copy      {', '.join(_share(said, agency) for agency in said.agencies) or 'nobody known'} ({said.role})"
    yield f"cited     {', '.join(said.cited) or '-'}"
    yield f"pictures  {', '.join(said.pictures) or '-'}"
    yield f"line      {said.credit_line or '-'}{_line(said)}"
    yield f"authors   {', '.join(map(_author, said.authors)) or '-'}"
    for one in said.authors:
        yield f"    {one.name}: {one.text or one.name!r} in {_span(one.where, one.start)} ({_by(one)})"
    if line := said.dateline:
        cut = f", {line.cut} characters cut" if line.cut else ""
        yield f"dateline  {line.text!r} in {line.where}: {line.place or '-'}, {line.date or '-'}{cut} ({_by(line)})"
    for name in ("holder", "notice", "terms", "territory", "expires", "archive", "rewriting"):
        if said.rights and (term := getattr(said.rights, name)):
            yield f"{name:9} {term.value} (from {term.source}: {term.where})"
    yield f"review    {said.reason or 'no'}"


def _span(where: str, start: int) -> str:
    return f"{where} at {start}" if start else where


def _line(credit: Credit) -> str:
    """By which rule of the house the credit line reads so, and on which claims it rests."""
    if (why := credit.credit_line_evidence) is None:
        return ""
    claims = [f"{credit.evidence[nth].rule} in {credit.evidence[nth].where}" for nth in why.rests_on]
    about = (why.rule, f"in {why.language}" if why.language else "", ", ".join(claims) or why.where)
    return f" ({', '.join(filter(None, about))}, {why.confidence:.2f})"


def _by(claim: Author | Dateline | Treatment) -> str:
    return f"{claim.rule}, {claim.confidence:.2f}"


def _author(author: Author) -> str:
    about = (author.role, f"in {author.place}" if author.place else "", author.agency)
    return f"{author.name} ({', '.join(filter(None, about))})"


def _share(credit: Credit, agency: str) -> str:
    share = next(share for share in credit.shares if share.agency == agency)
    marks = [share.role, *(name for name in ("translated", "rewritten") if getattr(share, name))]
    return f"{agency} [{', '.join(marks)}]"


def _steps(weighing: Weighing, tables: Tables) -> Iterator[Step]:
    found = list(weighing.findings)
    for part in weighing.parts:
        here = [finding for finding in found if finding.where == part.where]
        found = [finding for finding in found if finding.where != part.where]
        yield from (_step(finding, weighing.decision) for finding in here)
        taken = {finding.agency for finding in here}
        for mention in finder_of(tables.book).find([part.text]).get(0, ()):
            if taken.isdisjoint((mention.agency.id, *mention.namesakes)):
                taken.add(mention.agency.id)
                yield _passed_over(part, mention)
    yield from (_step(finding, weighing.decision) for finding in found)


def _step(finding: Finding, decision: Decision) -> Step:
    return Step(
        where=finding.where,
        text=finding.text[:_QUOTE],
        start=finding.start,
        agency=finding.agency,
        rule=finding.rule,
        means=finding.means,
        role=finding.role,
        confidence=finding.confidence,
        verdict=_verdict(finding, decision),
    )


def _passed_over(part: Piece, mention: Mention) -> Step:
    start = max(0, mention.start - _QUOTE // 2)
    text = part.exact[start : start + _QUOTE]
    return Step(
        where=part.where,
        text=text.strip(),
        start=start + len(text) - len(text.lstrip()),
        agency=mention.agency.id,
        verdict="named in passing: the shape of no credit and of no citation",
    )


def _verdict(finding: Finding, decision: Decision) -> str:
    if finding.means == "picture":
        return "a picture's credit says nothing of the text"
    if finding.means == "cited":
        if finding.agency in decision.cited:
            return "quoted as a source: cited, not credited"
        return "quoted as a source, but credited elsewhere in the story: that counts"
    if finding.agency not in decision.agencies:
        return "counts only where nothing else credits copy, and something does"
    first = "leads" if finding.agency == decision.agencies[0] else "credited"
    best = next(item for item in decision.evidence if item.agency == finding.agency and item.means == "copy")
    if (best.where, best.rule) == (finding.where, finding.rule):
        return f"{first}: the surest of what credits {finding.agency}"
    return f"{first}: bears out {best.rule} at {best.where}"
