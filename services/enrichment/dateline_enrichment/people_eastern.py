"""Names of people in scripts without capitals: Arabic, Chinese, Japanese, Korean, by titles beside them."""

from __future__ import annotations

import re
from functools import lru_cache

from dateline_enrichment.cues import cues
from dateline_enrichment.language import primary
from dateline_enrichment.tables import typed_table

Span = tuple[int, int, str]
"""(start, end, name)"""


@lru_cache(maxsize=1)
def _titles() -> dict[str, tuple[str, ...]]:
    return typed_table("people.toml", dict[str, tuple[str, ...]], "eastern")


def _one_of(words: tuple[str, ...]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


@lru_cache(maxsize=1)
def _arabic_pattern() -> re.Pattern[str]:
    word = "[\u0621-\u06ff]{2,}"
    return re.compile(
        rf"(?<!\w)(?:{_one_of(_titles()['arabic'])})(?: ال{word}){{0,4}} "
        rf"((?!ال)({word})(?: (?:بن|آل|أبو|عبد|ال){word}| {word}){{1,2}})"
    )


_COMPOUND = ("عبد", "أبو", "ابن")
"""First parts of given names of two words."""
_ARTICLE = "ال"
"""Before a second word that is no surname after a given name, it says that both are a thing: the head of *the roads
authority*."""
_OF_VERBS = "يت"
"""What verbs of the present begin with, and few given names."""


def _arabic(text: str) -> list[Span]:
    given = cues().given
    stop = _titles()["arabic_stop"]
    found = []
    for match in _arabic_pattern().finditer(text):
        words = match[1].split(" ")
        length = next((i for i, word in enumerate(words) if word in stop), len(words))
        most = 3 if words[0] in _COMPOUND else 2
        length = min(length, most if not any(word in given for word in words[2:]) and len(words) > 2 else length)
        doubtful = words[0][0] in _OF_VERBS or words[1].startswith(_ARTICLE)
        if words[0] in stop or length < 2 or (doubtful and words[0] not in given and words[0] not in _COMPOUND):
            continue
        name = " ".join(words[:length])
        found.append((match.start(1), match.start(1) + len(name), name))
    return found


@lru_cache(maxsize=1)
def _japanese_pattern() -> re.Pattern[str]:
    titles = _one_of(_titles()["japanese"])
    katakana = "[\u30a1-\u30fa\u30fc]{2,}"
    return re.compile(
        rf"({katakana}(?:[・＝]{katakana}){{1,3}})|([\u4e00-\u9fff]{{1,3}}[\u3041-\u3096\u4e00-\u9fff]{{1,3}}?|{katakana})(?:{titles})"
    )


_KANJI_NAME = re.compile(
    "(?!.*[党省庁県国局政前元新副各大社団会議長相閣民首都府州官軍氏])[^市部].[^市部]{2}(?<=[\u4e00-\u9fff]{4})\\Z"
)
"""Four characters are a surname and a given name, if none of them belongs to offices and bodies."""


_BEFORE_NAME = "、。「」\n のとはがをにもやで"


def _is_japanese_name(name: str, before: str, family: frozenset[str]) -> bool:
    if name[:2] in family or name[:3] in family or (name[:1] in family and len(name) == 2):
        return True
    korean = len(name) == 3 and name[0] in _titles()["chinese_surnames"]
    return (korean or _KANJI_NAME.match(name) is not None) and not before.strip(_BEFORE_NAME)


def _without_beginning_of_title(name: str) -> str:
    """The name before a title of two parts: of ``田中太郎副社長`` 田中太郎."""
    parts = _titles()["japanese_before_titles"]
    while name.endswith(parts) and len(name) > 2:
        name = next(name.removesuffix(part) for part in parts if name.endswith(part))
    return name


def _japanese(text: str) -> list[Span]:
    family = cues().family
    found = []
    for match in _japanese_pattern().finditer(text):
        name = match[1] or _without_beginning_of_title(match[2])
        at = match.start(1) if match[1] else match.start(2)
        if match[1] or _is_japanese_name(name, text[max(0, at - 1) : at], family):
            found.append((at, at + len(name), name))
    return found


_CHINESE_AFTER = (
    r"[^\u4e00-\u9fff]|\Z|[说表在的和与于将称周星昨今日会同向出发宣访率为是对就已通致抵主强指认等介赴因不被]"
)
"""After a name: no character, or one that verbs, days and joints begin with."""
_NO_NAME = ("向", "对", "与", "和", "在", "就", "贺信", "贺电", "致电", "讲话", "会议", "指出", "会见")
"""What stands after a title and is no name, though it begins with a surname."""


@lru_cache(maxsize=1)
def _chinese_pattern() -> re.Pattern[str]:
    titles = _one_of(_titles()["chinese"])
    han = "[\u4e00-\u9fff]"
    return re.compile(
        rf"(?:{titles}|(?<!{han}))({han}{{1,5}}(?:[·•・]{han}{{1,5}}?){{1,2}})(?={_CHINESE_AFTER})"
        rf"|(?:{titles})({han}{{2,3}})(?={_CHINESE_AFTER})"
    )


def _chinese(text: str) -> list[Span]:
    family = cues().family | set(_titles()["chinese_surnames"])
    found = []
    for match in _chinese_pattern().finditer(text):
        name = match[1] or match[2]
        at = match.start(1) if match[1] else match.start(2)
        if match[1] or (name[0] in family and not name.startswith(_NO_NAME)):
            found.append((at, at + len(name), name))
    return found


@lru_cache(maxsize=1)
def _korean_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)([\uac00-\ud7a3]{{2,4}}) (?:{_one_of(_titles()['korean'])})")


def _korean(text: str) -> list[Span]:
    family = cues().family
    return [
        (match.start(1), match.end(1), match[1])
        for match in _korean_pattern().finditer(text)
        if match[1][0] in family and len(match[1]) == 3
    ]


_FINDERS = {"ar": _arabic, "fa": _arabic, "zh": _chinese, "ja": _japanese, "ko": _korean}


def eastern_people(text: str, language: str) -> list[Span]:
    """The people of a text in Arabic, Persian, Chinese, Japanese or Korean; none for other languages."""
    finder = _FINDERS.get(primary(language))
    return finder(text) if finder else []
