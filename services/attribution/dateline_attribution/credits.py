"""The way in: whose copy is this story, and why."""

from __future__ import annotations

from dateline_attribution.agencies import AgencyBook, load_book
from dateline_attribution.bylines import authors, has_staff_author
from dateline_attribution.creditline import credit_line, rights
from dateline_attribution.decision import decide
from dateline_attribution.findings import findings
from dateline_attribution.rules import RuleSet, load_rules
from dateline_schemas.story import Credit, Story


def credit(story: Story, language: str = "") -> Credit:
    """Decide whose copy a story is, by the tables of the package.

    ``language`` is the outlet's, a BCP 47 tag, for the wording of the credit line; the story's own if empty. The
    same story and the same tables give the same credit.
    """
    return credit_with(story, load_book(), language)


def credit_with(story: Story, book: AgencyBook, language: str = "", rules: RuleSet | None = None) -> Credit:
    """The same with other agencies, or other rules, than those of the package."""
    rules = rules or load_rules()
    found = findings(story, book, rules, _primary(story.language))
    decision = decide(found, book, has_staff_author(story, book))
    right = rights(decision, story, book)
    return Credit(
        agencies=decision.agencies,
        role=decision.role,
        cited=decision.cited,
        pictures=decision.pictures,
        credit_line=credit_line(decision, story, book, rules.phrases, _primary(language or story.language)),
        authors=authors(story, book),
        copyright_holder=right.holder,
        copyright_notice=right.notice,
        usage_terms=story.usage_terms,
        evidence=decision.evidence,
        needs_review=bool(decision.reason),
        reason=decision.reason,
    )


def _primary(language: str) -> str:
    return language.partition("-")[0].partition("_")[0].lower()
