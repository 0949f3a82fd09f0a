"""On which subjects of the TOPICS stream a story goes out. Pure."""

from __future__ import annotations

from dateline_schemas.credit import Credit
from dateline_schemas.facts import Facts, Topic
from dateline_schemas.subjects import covers, topic_subject

NONE = "none"


def release_subjects(story_id: str, credit: Credit, facts: Facts) -> tuple[str, ...]:
    """A subject for each of the most specific media topics; one with ``none`` for a story without topics.

    The agency in it is the first of the credit; the message names all of them.
    """
    agency = credit.agencies[0] if credit.agencies else NONE
    pairs = _pairs(facts.topics) or [(NONE, NONE)]
    return tuple(topic_subject(top, sub, facts.language.code, agency, story_id) for top, sub in pairs)


def notice_subject(language: str, story_id: str) -> str:
    """Subject for the kill of a story that never went out: outlets may have the story from elsewhere."""
    return topic_subject(NONE, NONE, language, NONE, story_id)


def is_notice(subject: str) -> bool:
    """Whether a subject is a ``notice_subject``; a release without topic and agency goes out on one, too."""
    return covers(f"topic.{NONE}.{NONE}.*.{NONE}.*", subject)


def _pairs(topics: tuple[Topic, ...]) -> list[tuple[str, str]]:
    """(top-level code, second-level code or none), each once, without a top that a pair below it covers."""
    pairs = list(dict.fromkeys((topic.path[0], topic.path[1] if len(topic.path) > 1 else NONE) for topic in topics))
    detailed = {top for top, sub in pairs if sub != NONE}
    return [(top, sub) for top, sub in pairs if sub != NONE or top not in detailed]
