"""IPTC Media Topics of a story: those that the provider states or its older codes map to, and those its words tell."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict

from dateline_enrichment.keywords import Spotter, spotter
from dateline_enrichment.vocabulary import Vocabulary, vocabulary
from dateline_schemas.story import Story, Subject, Topic

LIMIT = 6
MOST_ROOTS = 3
MINIMUM = 4.5
"""What a top-level topic must score: two telling words, or one in the headline and another word."""
SHARE = 0.6
"""What part of the best topic's score another one must have."""
BRANCH_MINIMUM, BRANCH_SHARE = 3.0, 0.6
"""The same for a topic of the second level, against the best of its branch."""
HEADLINE = 2.0
"""How much more a word counts in the headline."""

_MEDIA_TOPIC_MARKS = ("medtop", "mediatopic", "media-topic", "media_topic", "topics")


def topics(
    story: Story, language: str, headline: list[str], body: list[str], text: tuple[str, str]
) -> tuple[Topic, ...]:
    """The topics of a story, stated ones first; at most six, none rather than a wrong one.

    ``headline`` and ``body`` are the words, ``text`` is (headline, body) as written.
    """
    table = vocabulary()
    found = {topic.code: topic for topic in stated(story.subjects, table)}
    words = spotter(language)
    if words is not None:
        for topic in told(words, table, headline, body, text):
            if topic.code not in found and not any(topic.code in other.path for other in found.values()):
                found[topic.code] = topic
    return tuple(found.values())[:LIMIT]


_CODE = re.compile(r"(?<!\d)\d{8}(?!\d)")


def stated(subjects: tuple[Subject, ...], table: Vocabulary) -> list[Topic]:
    """The topics that the provider's subjects are or map to, without those that a finer one implies."""
    codes: dict[str, str] = {}
    for subject in subjects:
        digits = _CODE.search(subject.code)
        code = digits[0] if digits else ""
        marked = any(mark in f"{subject.scheme} {subject.code}".lower() for mark in _MEDIA_TOPIC_MARKS)
        if code in table and (marked or code.startswith("20")):
            codes.setdefault(code, "stated")
        elif mapped := table.of_subject(code, f"{subject.scheme} {subject.code}"):
            codes.setdefault(mapped, "mapped")
    implied = {code for one in codes for code in table.path(one)[:-1]}
    return [
        _topic(code, table, method, 1.0 if method == "stated" else 0.9)
        for code, method in codes.items()
        if code not in implied
    ]


def told(words: Spotter, table: Vocabulary, headline: list[str], body: list[str], text: tuple[str, str]) -> list[Topic]:
    """The topics that the words tell: the best top-level topics, each with its best branch where one stands out."""
    scores, roots = _scores(words, headline, body, text)
    need = MINIMUM * (1 + 0.35 * math.log2(max(1.0, len(body) / 60)))
    best = max(roots.values(), default=0.0)
    chosen = sorted((-score, code) for code, score in roots.items() if score >= max(need, SHARE * best))[:MOST_ROOTS]
    found: list[Topic] = []
    for negative, root in chosen:
        confidence = round(min(0.9, 0.4 + 0.4 * -negative / sum(roots.values()) + 0.02 * (-negative - need)), 2)
        branches = {code: score for code, score in scores.items() if code != root and table.path(code)[0] == root}
        top = max(branches.values(), default=0.0)
        picked = sorted(
            (-s, c) for c, s in branches.items() if s >= max(BRANCH_MINIMUM, BRANCH_SHARE * top, 0.4 * need)
        )[:2]
        found.extend(_topic(code, table, "keywords", confidence) for _, code in picked)
        if not picked:
            found.append(_topic(root, table, "keywords", confidence))
    return found


def _scores(
    words: Spotter, headline: list[str], body: list[str], text: tuple[str, str]
) -> tuple[dict[str, float], dict[str, float]]:
    """Topic -> score, and top-level topic -> score: each word once in full, repeated for less, more in the headline.

    A word that tells several topics under one root counts once for the root.
    """
    counts: dict[int, float] = {}
    for at, times in Counter(words.find(text[1], body)).items():
        counts[at] = 1.0 if times == 1 else min(2.0, 0.65 + 0.35 * times)
    for at in set(words.find(text[0], headline)):
        counts[at] = counts.get(at, 0.0) + HEADLINE
    scores: dict[str, float] = defaultdict(float)
    roots: dict[str, float] = defaultdict(float)
    for at, weight in counts.items():
        topics, tops = words.weights[at]
        for code, base in topics:
            scores[code] += base * weight
        for root, base in tops:
            roots[root] += base * weight
    return scores, roots


def _topic(code: str, table: Vocabulary, method: str, confidence: float) -> Topic:
    path = table.path(code)
    return Topic(code=code, name=table.name(code), level=len(path), path=path, method=method, confidence=confidence)
