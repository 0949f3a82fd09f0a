"""Verdicts: is what a story says what its file says?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Literal

from conformance.stated import Stated
from msgspec import Struct, structs

from dateline_schemas.story import Story, Subject

Verdict = Literal["right", "wrong", "absent"]

_BASIC = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(.*)")
_GAP = re.compile(r"\s+(?=[+-]\d\d:?\d\d$)")
_BODY_SHARE = 0.02
_CUT = 150
"""Values of expected.jsonl are cut at about 160 characters: from here on the beginning is enough."""
_THREE_LETTERS = {"swe": "sv", "fin": "fi", "nor": "no", "dan": "da", "deu": "de", "ger": "de", "eng": "en"}


class Check(Struct, frozen=True, kw_only=True):
    """One thing that a file states, and what became of it."""

    field: str
    verdict: Verdict
    expected: str
    found: str = ""


def checks(stated: Stated, stories: tuple[Story, ...]) -> Iterator[Check]:
    """Everything that the file states about one story, looked for in the stories that were read from it."""
    story = _meant(stated, stories)
    for field, judge in _JUDGES.items():
        expected = getattr(stated, field)
        if expected:
            verdict, found = judge(expected, story)
            yield Check(field=field, verdict=verdict, expected=expected, found=found)
    for field in _NOTES:
        if expected := getattr(stated, field):
            yield _note(field, expected, stories)
    known = _codes(stories)
    for code in stated.subjects:
        yield Check(field="subjects", verdict="right" if code.casefold() in known else "absent", expected=code)
    said = [squeeze(text) for one in stories for text in texts(one)]
    for name, values in stated.credits:
        for value in values:
            there = findable(value, said)
            yield Check(field="credits", verdict="right" if there else "absent", expected=f"{name}: {value}")
    if stated.body_words is not None:
        yield _body(stated.body_words, stories)


def repaired(text: str) -> str:
    """The text with UTF-8 that was read as Latin-1 or Windows-1252 put right; any other text as it is."""
    for charset in ("latin-1", "cp1252"):
        try:
            return text.encode(charset).decode("utf-8")
        except UnicodeError:
            continue
    return text


def squeeze(text: str) -> str:
    """Only the letters and digits of a text, so that spaces, dashes and case do not decide."""
    folded = unicodedata.normalize("NFKC", repaired(text)).casefold()
    return "".join(char for char in folded if char.isalnum())


def findable(value: str, said: list[str]) -> bool:
    """Whether a text of the story holds the value, or the value is nothing but texts of the story put together."""
    wanted = squeeze(value)
    if not wanted or any(wanted in text for text in said):
        return True
    pieces = {text for text in said if 1 < len(text) <= len(wanted)}
    reached = {0}
    for end in range(1, len(wanted) + 1):
        if any(wanted[start:end] in pieces for start in reached):
            reached.add(end)
    if len(wanted) in reached:
        return True
    rest = wanted[max(reached) :]
    return len(value) >= _CUT and any(text.startswith(rest) for text in said)


def texts(story: Story) -> Iterator[str]:
    """Every text in a story."""
    for field in structs.fields(Story):
        yield from _texts_in(getattr(story, field.name))


def _texts_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, datetime):
        yield value.astimezone(UTC).isoformat()
    elif isinstance(value, tuple):
        for member in value:
            yield from _texts_in(member)
    elif isinstance(value, Struct):
        for field in structs.fields(value):
            yield from _texts_in(getattr(value, field.name))


def _meant(stated: Stated, stories: tuple[Story, ...]) -> Story:
    """The story that the statement is about: the one with its guid, else with its headline, else the first."""
    for story in stories:
        if stated.guid and stated.guid in _ids(story):
            return story
    wanted = squeeze(stated.headline)
    return next((story for story in stories if wanted and squeeze(story.headline) == wanted), stories[0])


def _ids(story: Story) -> list[str]:
    return [story.guid, *(other.code for other in story.alt_ids)]


def _codes(stories: tuple[Story, ...]) -> set[str]:
    subjects: list[Subject] = []
    for story in stories:
        subjects += (*story.subjects, *story.places, *story.people, *story.organisations, *story.genres)
    words = {word for story in stories for word in story.keywords}
    spelled = {spelling for one in subjects for spelling in (one.code, f"{one.scheme}:{one.code}", one.name)}
    return {word.casefold() for word in words | spelled}


def _judged(right: bool, found: object) -> tuple[Verdict, str]:
    text = "" if found is None else str(found)
    return ("right" if right else "wrong" if text else "absent"), text


def _guid(expected: str, story: Story) -> tuple[Verdict, str]:
    return _judged(expected in _ids(story), " ".join(_ids(story)))


def _item_id(expected: str, story: Story) -> tuple[Verdict, str]:
    held = any(f":{expected}:" in f":{part}:" for part in _ids(story))
    return _judged(held, " ".join(_ids(story)))


def _version(expected: str, story: Story) -> tuple[Verdict, str]:
    def plain(text: str) -> str:
        return text.lstrip("0") or "0"

    moment, told = _instant(expected), _instant(story.version)
    same = plain(expected) == plain(story.version) if story.version else False
    return _judged(same or (moment is not None and moment == told), story.version)


def _text(name: str) -> Callable[[str, Story], tuple[Verdict, str]]:
    def judge(expected: str, story: Story) -> tuple[Verdict, str]:
        found = getattr(story, name)
        same = squeeze(expected) == squeeze(found) or (
            len(expected) >= _CUT and squeeze(found).startswith(squeeze(expected))
        )
        return _judged(same, found)

    return judge


def _note(field: str, expected: str, stories: tuple[Story, ...]) -> Check:
    """A note may stand in its field among others, and in a package at the package or at a member."""
    found = "\n".join(text for story in stories if (text := getattr(story, field)))
    verdict, _ = _judged(squeeze(expected) in squeeze(found), found)
    return Check(field=field, verdict=verdict, expected=expected, found=found)


def _language(expected: str, story: Story) -> tuple[Verdict, str]:
    def plain(tag: str) -> str:
        primary, dash, rest = tag.lower().replace("_", "-").partition("-")
        return _THREE_LETTERS.get(primary, primary) + dash + rest

    return _judged(plain(expected) == plain(story.language), story.language)


def _date(name: str) -> Callable[[str, Story], tuple[Verdict, str]]:
    def judge(expected: str, story: Story) -> tuple[Verdict, str]:
        moment, found = _instant(expected), getattr(story, name)
        return _judged(found is not None and moment is not None and _same_moment(moment, found), found)

    return judge


def _same_moment(stated: datetime, found: datetime) -> bool:
    """Equal; and where no zone is stated, the same clock time in a zone that exists."""
    if stated.tzinfo:
        return stated == found
    apart = stated.replace(tzinfo=UTC) - found
    return abs(apart) <= timedelta(hours=14) and apart.total_seconds() % 900 == 0


def _instant(text: str) -> datetime | None:
    text = _GAP.sub("", text.strip())
    if basic := _BASIC.fullmatch(text):
        year, month, day, hour, minute, second, rest = basic.groups()
        text = f"{year}-{month}-{day}T{hour}:{minute}:{second}{rest}"
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _urgency(expected: str, story: Story) -> tuple[Verdict, str]:
    return _judged(str(story.urgency) == expected, story.urgency)


def _pubstatus(expected: str, story: Story) -> tuple[Verdict, str]:
    status = expected.rpartition(":")[2].lower().replace("cancelled", "canceled")
    embargoed = status == "embargoed" and (story.pubstatus == "withheld" or story.embargo is not None)
    return _judged(embargoed or status == story.pubstatus, story.pubstatus)


def _body(expected: int, stories: tuple[Story, ...]) -> Check:
    counts = [sum(len(paragraph.split()) for paragraph in story.paragraphs) for story in stories]
    allowed = max(1.0, expected * _BODY_SHARE)
    nearest = min(counts, key=lambda count: abs(count - expected))
    right = abs(nearest - expected) <= allowed or (expected == 0 and nearest > 0)
    verdict: Verdict = "right" if right else "wrong" if nearest else "absent"
    return Check(field="body_words", verdict=verdict, expected=str(expected), found=str(nearest))


_JUDGES: dict[str, Callable[[str, Story], tuple[Verdict, str]]] = {
    "guid": _guid,
    "item_id": _item_id,
    "version": _version,
    "headline": _text("headline"),
    "language": _language,
    "version_created": _date("version_created"),
    "first_created": _date("first_created"),
    "embargo": _date("embargo"),
    "urgency": _urgency,
    "pubstatus": _pubstatus,
}
_NOTES = ("ed_note", "usage_terms")
FIELDS = ("parsed", *_JUDGES, *_NOTES, "subjects", "credits", "body_words")
"""The columns of the table."""
