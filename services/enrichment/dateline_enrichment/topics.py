"""IPTC Media Topics of a story: those that the provider states (also in older codes), else by the text's words."""

from __future__ import annotations

import math
import re
from functools import lru_cache

from dateline_enrichment.counts import token_line
from dateline_enrichment.keywords import Spotter, spotter
from dateline_enrichment.vocabulary import Vocabulary, vocabulary
from dateline_kernel.remembering import remembered_word
from dateline_schemas.facts import Topic
from dateline_schemas.story import Story, Subject

LIMIT = 6
MOST_ROOTS = 3
MINIMUM = 4.5
"""Least score of a top-level topic: two words that are each enough, or one in the headline and another word."""
SHARE = 0.75
"""Least share of the best topic's score."""
BRANCH_MINIMUM, BRANCH_SHARE = 3.0, 0.5
"""MINIMUM and SHARE for topics of the second level, compared with the best of their branch."""
HEADLINE = 2.0
"""Factor for words in the headline."""

_MEDIA_TOPIC_MARKS = ("medtop", "mediatopic", "media-topic", "media_topic", "topics")


def topics(story: Story, language: str, headline: str, body: str) -> tuple[Topic, ...]:
    """The topics of a story, stated ones first; at most six, none rather than a wrong one."""
    found = {topic.code: topic for topic in stated(story.subjects, vocabulary())}
    words = spotter(language) if len(found) < LIMIT else None
    if words is not None:
        for topic in told(words, headline, body):
            if topic.code not in found and not any(topic.code in other.path for other in found.values()):
                found[topic.code] = topic
    return tuple(found.values())[:LIMIT]


_THEN = "\0"
_CODE = re.compile(r"(?<!\d)\d{8}(?!\d)")


def stated(subjects: tuple[Subject, ...], table: Vocabulary) -> list[Topic]:
    """The topics that the provider's subjects are or map to, without those that a finer one implies."""
    codes: dict[str, str] = {}
    for subject in subjects:
        code, method = _of_subject(f"{subject.scheme}{_THEN}{subject.code}")
        if code:
            codes.setdefault(code, method)
    implied = {code for one in codes for code in table.path(one)[:-1]}
    return [
        _topic(code, method, 1.0 if method == "stated" else 0.9)
        for code, method in codes.items()
        if code not in implied
    ]


@remembered_word
def _of_subject(subject: str) -> tuple[str, str]:
    """(topic, method) of a subject, which is a scheme, a separator and a code; empty if it is none of IPTC's."""
    table = vocabulary()
    digits = _CODE.search(subject.partition(_THEN)[2])
    code = digits[0] if digits else ""
    if code in table and (code.startswith("20") or any(mark in subject.lower() for mark in _MEDIA_TOPIC_MARKS)):
        return code, "stated"
    return table.of_subject(code, subject), "mapped"


def told(words: Spotter, headline: str, body: str) -> list[Topic]:
    """The topics that the words point to: the best top-level topics, each with its best branch if one stands out."""
    line = token_line(body)
    weights = _weights(words.find(headline, token_line(headline)), words.find(body, line))
    roots = _roots(words, weights)
    best = max(roots.values(), default=0.0)
    if best < MINIMUM:
        return []
    need = MINIMUM * (1 + 0.35 * math.log2(max(1.0, (line.count(b" ") - 1) / 60)))
    chosen, every = _best(roots, max(need, SHARE * best))[:MOST_ROOTS], sum(roots.values())
    if not chosen:
        return []
    branches = _branches(words, weights, chosen)
    found: list[Topic] = []
    for root in chosen:
        score, below = roots[root], branches[root]
        confidence = round(min(0.9, 0.4 + 0.4 * score / every + 0.02 * (score - need)), 2)
        enough = max(BRANCH_MINIMUM, BRANCH_SHARE * max(below.values(), default=0.0), 0.4 * need)
        found.extend([_topic(code, "keywords", confidence) for code in _best(below, enough)[:2] or (root,)])
    return found


def _best(scores: dict[str, float], enough: float) -> list[str]:
    """The codes that score enough, the best first."""
    return [code for _, code in sorted([(-score, code) for code, score in scores.items() if score >= enough])]


def _weights(headline: list[int], body: list[int]) -> dict[int, float]:
    """Word -> weight: once in full, repeated for less, more in the headline."""
    counts: dict[int, int] = {}
    for at in body:
        counts[at] = counts.get(at, 0) + 1
    weights = {at: 1.0 if times == 1 else min(2.0, 0.65 + 0.35 * times) for at, times in counts.items()}
    for at in set(headline):
        weights[at] = weights.get(at, 0.0) + HEADLINE
    return weights


def _roots(words: Spotter, weights: dict[int, float]) -> dict[str, float]:
    """Top-level topic -> score. A word that tells several topics under one root counts once for the root."""
    scores: dict[str, float] = {}
    for at, weight in weights.items():
        for root, base, _ in words.told[at]:
            scores[root] = scores.get(root, 0.0) + base * weight
    return scores


def _branches(words: Spotter, weights: dict[int, float], roots: list[str]) -> dict[str, dict[str, float]]:
    """Top-level topic, of those asked for -> topic under it -> score."""
    scores: dict[str, dict[str, float]] = {root: {} for root in roots}
    for at, weight in weights.items():
        for root, _, below in words.told[at]:
            if root in scores:
                of_root = scores[root]
                for code, base in below:
                    of_root[code] = of_root.get(code, 0.0) + base * weight
    return scores


@lru_cache(maxsize=1024)
def _topic(code: str, method: str, confidence: float) -> Topic:
    """A topic as a fact. Cached, since the same topics come again."""
    table = vocabulary()
    path = table.path(code)
    return Topic(code=code, name=table.name(code), level=len(path), path=path, method=method, confidence=confidence)
