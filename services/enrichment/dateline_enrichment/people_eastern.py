"""Names of people in Chinese, Japanese and Korean copy, which has no capitals: by titles beside them."""

from __future__ import annotations

import re
from functools import lru_cache

from dateline_enrichment.alternation import one_of
from dateline_enrichment.cues import cues
from dateline_enrichment.gazetteer import atlas
from dateline_enrichment.language import primary
from dateline_enrichment.people_arabic import Span, arabic_people
from dateline_enrichment.tables import typed_table


@lru_cache(maxsize=1)
def _titles() -> dict[str, tuple[str, ...]]:
    return typed_table("people.toml", dict[str, tuple[str, ...]], "eastern")


@lru_cache(maxsize=1)
def _japanese_pattern() -> re.Pattern[str]:
    titles = one_of(_titles()["japanese"])
    katakana = "[\u30a1-\u30fa\u30fc]{2,}"
    return re.compile(
        rf"({katakana}(?:[・＝]{katakana}){{1,3}})|([\u4e00-\u9fff]{{1,3}}[\u3041-\u3096\u4e00-\u9fff]{{1,3}}?|{katakana})(・[\u4e00-\u9fff]{{0,8}}?)?({titles})"
    )


_KATAKANA = re.compile("[\u30a1-\u30fa\u30fc]+\\Z")
_KATAKANA_BEFORE = re.compile("[\u30a1-\u30fa\u30fc・＝]")
_KANJI_NAME = re.compile(
    "(?!.*[党省庁県国局政前元新副各大社団会議長相閣民首都府州官軍氏])[^市部].[^市部]{2}(?<=[\u4e00-\u9fff]{4})\\Z"
)
"""Four characters are a surname and a given name, if none of them belongs to offices and bodies."""


_BEFORE_NAME = re.compile("[、。「」・\n \u3041-\u3096]?\\Z")
"""Marks and small words, with which what is written in other characters before a name ends."""
_FULL = 4
"""Characters of a full name: a shorter one before a dot and an office is a place, as in ``石川・金沢市長``."""
_OF_ADDRESS = ("お", "ご")


def _is_japanese_name(name: str, before: str, family: frozenset[str]) -> bool:
    if name[:2] in family or name[:3] in family or (name[:1] in family and len(name) == 2):
        return True
    korean = len(name) == 3 and name[0] in _titles()["chinese_surnames"]
    free = _BEFORE_NAME.match(before) is not None and before not in _OF_ADDRESS
    return (korean or _KANJI_NAME.match(name) is not None) and free


def _without_calling(name: str, family: frozenset[str]) -> str:
    """The name after a calling or the end of one: of ``業山田太郎`` 山田太郎, where the surname is known."""
    for length in (5, 4):
        rest = name[-length:]
        if len(name) > length and (rest[:2] in family or rest[:3] in family):
            return rest
    return name


def _without_beginning_of_title(name: str) -> str:
    """The name before a title of two parts: of ``田中太郎副社長`` 田中太郎."""
    parts = _titles()["japanese_before_titles"]
    while name.endswith(parts) and len(name) > 2:
        name = next(name.removesuffix(part) for part in parts if name.endswith(part))
    return name


def _foreign_surname(match: re.Match[str]) -> bool:
    """Whether katakana before a title is a surname: ``ローヴ氏``, not ``サッカー選手`` and ``インド首相``."""
    titles, name = _titles(), match[2]
    if match[3] or not _KATAKANA.match(name) or _KATAKANA_BEFORE.match(match.string, max(0, match.start(2) - 1)):
        return False
    of_states = match[4] in titles["japanese_of_states"] and not atlas().find(name, "ja").places
    return match[4] in titles["japanese_of_anybody"] or of_states


def _japanese(text: str) -> list[Span]:
    family = cues().family
    found = []
    for match in _japanese_pattern().finditer(text):
        name = match[1] or _without_beginning_of_title(match[2])
        at = match.start(1) if match[1] else match.start(2)
        if not match[1] and name[:2] not in family:
            bare = _without_calling(name, family)
            name, at = bare, at + len(name) - len(bare)
        if match[3] and len(name) < _FULL:
            continue
        if match[1] or _foreign_surname(match) or _is_japanese_name(name, text[max(0, at - 1) : at], family):
            found.append((at, at + len(name), name))
    return found


_CHINESE_BEGIN = (
    "要告则还也都又曾已正从由说表在的和与于将称周星昨今日会同向出发宣访率为是对就已通致抵主强指认等介赴因不被"
)
_CHINESE_AFTER = rf"[^\u4e00-\u9fff]|\Z|[{_CHINESE_BEGIN}]"
"""After a name: no character, or one that verbs, days and joints begin with."""
_DOTS = "·•・"
"""Between the parts of foreign names."""
_OF_AREAS = tuple("县市省区镇村州乡縣區鎮鄉")
"""What names of areas end with."""
_NO_NAME = ("向", "对", "与", "和", "在", "就", "贺信", "贺电", "致电", "讲话", "会议", "指出", "会见")
"""What stands after a title and is no name, though it begins with a surname."""


@lru_cache(maxsize=2)
def _chinese_pattern(*, dots: bool) -> re.Pattern[str]:
    """Names after titles; foreign ones, whose parts stand apart by ``dots``, where the text has such a mark at all."""
    titles, han = one_of(_titles()["chinese"]), "[\u4e00-\u9fff]"
    native = rf"(?:{titles})(?P<native>{han}{{2,3}})(?={_CHINESE_AFTER})"
    foreign = rf"(?:{titles}|(?<!{han}))(?P<foreign>{han}{{1,5}}(?:[{_DOTS}]{han}{{1,5}}?){{1,2}})(?={_CHINESE_AFTER})"
    return re.compile(f"{foreign}|{native}" if dots else f"{native}(?P<foreign>)")


@lru_cache(maxsize=1)
def _chinese_surnames() -> frozenset[str]:
    """Those of the list and of the table, put together once: the list is long."""
    return cues().family.union(_titles()["chinese_surnames"])


def _chinese(text: str) -> list[Span]:
    family = _chinese_surnames()
    found = []
    for match in _chinese_pattern(dots=any(dot in text for dot in _DOTS)).finditer(text):
        part = "foreign" if match["foreign"] else "native"
        name, at = match[part], match.start(part)
        if match["foreign"] or (name[0] in family and not name.startswith(_NO_NAME) and not name.endswith(_OF_AREAS)):
            found.append((at, at + len(name), name))
    return found


@lru_cache(maxsize=1)
def _korean_pattern() -> re.Pattern[str]:
    hangul = "[\uac00-\ud7a3]"
    return re.compile(rf"(?<!\w)({hangul}{{3}}) (?=({hangul}{{2,8}} )?(?:{one_of(_titles()['korean'])}))")


_WITH_SPACE = 4
"""Characters of a name and a space."""
_KOREAN_ENDINGS = tuple("은는이가을를에의도로과와서며고인한")
"""What ends a word that is no name before a body and an office: the small words of the language."""


def _korean(text: str) -> list[Span]:
    family = cues().family
    return [
        (match.start(1), match.end(1), match[1])
        for match in _korean_pattern().finditer(text)
        if match[1][0] in family and not (match[2] and _no_korean_name(match[1], match[2], family))
    ]


def _no_korean_name(word: str, body: str, family: frozenset[str]) -> bool:
    """Whether a word before a body and an office is none, or what seems a body is the name."""
    return word.endswith(_KOREAN_ENDINGS) or (len(body) == _WITH_SPACE and body[0] in family)


_FINDERS = {"ar": arabic_people, "fa": arabic_people, "zh": _chinese, "ja": _japanese, "ko": _korean}


def eastern_people(text: str, language: str) -> list[Span]:
    """The people of a text in Arabic, Persian, Chinese, Japanese or Korean; none for other languages."""
    finder = _FINDERS.get(primary(language))
    return finder(text) if finder else []
