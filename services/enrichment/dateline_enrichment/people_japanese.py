"""Names of people in Japanese copy, which has no capitals: by ages and titles after them, and by known names."""

from __future__ import annotations

import re
from functools import lru_cache

from dateline_enrichment.alternation import one_of
from dateline_enrichment.cues import cues
from dateline_enrichment.eastern_titles import Span, eastern_titles
from dateline_enrichment.gazetteer import atlas


@lru_cache(maxsize=1)
def _japanese_pattern() -> re.Pattern[str]:
    titles = one_of(eastern_titles()["japanese"])
    letter, han = "[\u30a1-\u30fa\u30fc]", "[\u4e00-\u9fff]"
    # Begun in its midst, too, a long word would be looked at again from every letter on.
    katakana, begun = f"{letter}{{2,}}", f"(?<!{letter})"
    native = rf"{han}{{1,3}}[\u3041-\u3096\u4e00-\u9fff]{{1,3}}?"
    return re.compile(
        rf"({begun}{katakana}(?:[・＝]{katakana}){{1,3}})|({native}|{begun}{katakana})(・{han}{{0,8}}?)?({titles})"
    )


_KATAKANA = re.compile("[\u30a1-\u30fa\u30fc]+\\Z")
_KATAKANA_BEFORE = re.compile("[\u30a1-\u30fa\u30fc・＝]")
_KANJI_NAME = re.compile(
    "(?!.*[党省庁県国局政前元新副各大社団会議長相閣民首都府州官軍氏])[^市部].[^市部]{2}(?<=[\u4e00-\u9fff]{4})\\Z"
)
"""Four characters are a surname and a given name, if none of them belongs to offices and bodies."""


_BEFORE_NAME = re.compile("[、。「」・\n \u3041-\u3096]?\\Z")
"""Marks and small words, with which what is written in other characters before a name ends."""
_SHORT, _FULL = 3, 4
"""Characters of a full name: a shorter one before a dot and an office is a place, as in ``石川・金沢市長``."""
_OF_ADDRESS = ("お", "ご")


def _is_japanese_name(name: str, before: str, family: frozenset[str]) -> bool:
    if name[:2] in family or name[:3] in family or (name[:1] in family and len(name) == 2):
        return True
    if len(name) == _SHORT and name[0] in eastern_titles()["japanese_short"]:
        return True
    korean = len(name) == 3 and name[0] in eastern_titles()["chinese_surnames"]
    free = _BEFORE_NAME.match(before) is not None and before not in _OF_ADDRESS
    return (korean or _KANJI_NAME.match(name) is not None) and free


def _without_beginning_of_title(name: str) -> str:
    """The name before a title of two parts: of ``田中太郎副社長`` 田中太郎."""
    parts = eastern_titles()["japanese_before_titles"]
    while name.endswith(parts) and len(name) > 2:
        name = next(name.removesuffix(part) for part in parts if name.endswith(part))
    return name


def _foreign_surname(match: re.Match[str]) -> bool:
    """Whether katakana before a title is a surname: ``ローヴ氏``; not in ``サッカー選手``, ``インド首相``."""
    titles, name = eastern_titles(), match[2]
    if match[3] or not _KATAKANA.match(name) or _KATAKANA_BEFORE.match(match.string, max(0, match.start(2) - 1)):
        return False
    of_states = match[4] in titles["japanese_of_states"] and not atlas().find(name, "ja").places
    return match[4] in titles["japanese_of_anybody"] or of_states


def japanese_people(text: str) -> list[Span]:
    """The people of a text; first those who are found by what follows a full name."""
    found = _followed(text)
    held = bytearray(len(text))
    for start, end, _ in found:
        held[start:end] = b"\1" * (end - start)
    return found + [one for one in _titled(text) if held.find(1, one[0], one[1]) < 0]


_KANJI = "\u4e00-\u9fff々ヶ"
_STRETCH = re.compile(rf"(?<![{_KANJI}])([{_KANJI}]{{2,24}})([（(][0-9０-９]{{1,3}}[）)]|さん)?")
"""Kanji, with an age in brackets or a calling of anybody after it."""
_ALONE = re.compile(rf"(?<![{_KANJI}])([{_KANJI}]{{3,6}})(?=[はがをにのとも、。（(])")
_ENDS_OF_CALLINGS = tuple("男女性員生者長役業主人職児相官士師手囚婦年")
"""Last characters of callings: ``会社員``. A word with such an end that is in no list is no name."""
_ENDS_OF_GIVEN = ("郎", "之介", "之助", "衛門")
"""Endings of given names of three characters."""
_LONGEST_FULL = 5


def _followed(text: str) -> list[Span]:
    """Full names before an age or a calling, and those whose surname and given name are both known."""
    given, family, found = cues().given, cues().family, list[Span]()
    for match in _STRETCH.finditer(text):
        kanji, title = _without_title(match[1])
        anybody = match[2] is not None or title in eastern_titles()["japanese_of_anybody"]
        name = _full_name(kanji, given, family, sure=anybody) if (anybody or title) and len(kanji) > 2 else ""
        if name:
            end = match.start(1) + len(kanji)
            found.append((end - len(name), end, name))
    for match in _ALONE.finditer(text):
        surname = next((length for length in (2, 3) if match[1][:length] in family), 0)
        if surname and len(match[1]) > surname + 1 and match[1][surname:] in given:
            found.append((match.start(1), match.end(1), match[1]))
    return found


def _without_title(kanji: str) -> tuple[str, str]:
    """(a stretch of kanji without the title at its end, that title); the title is empty if there is none."""
    titles = eastern_titles()["japanese"]
    if not kanji.endswith(titles):
        return kanji, ""
    title = max((one for one in titles if kanji.endswith(one)), key=len)
    return kanji.removesuffix(title), title


def _full_name(kanji: str, given: frozenset[str], family: frozenset[str], *, sure: bool) -> str:
    """The full name at the end of a stretch of kanji; empty for none.

    A calling may stand before it (``会社員北山健一``). Most surnames have two characters.
    """
    for length in (3, 2, 1):
        rest = kanji[:-length]
        if not (kanji[-length:] in given or (length > 2 and kanji.endswith(_ENDS_OF_GIVEN))) or not rest:
            continue
        known = next((size for size in (3, 2) if rest[-size:] in family), 0)
        if known or length > 1:
            return kanji[-length - (known or (len(rest) if len(rest) < _FULL else 2)) :]
    if not sure or kanji.endswith(_ENDS_OF_CALLINGS):
        return ""
    for at in range(max(0, len(kanji) - _LONGEST_FULL), len(kanji) - 2):
        if kanji[at : at + 2] in family or kanji[at : at + 3] in family:
            return kanji[at:]
    return kanji if len(kanji) == _FULL or (len(kanji) == _SHORT and kanji[-1] in given) else ""


def _titled(text: str) -> list[Span]:
    """Names before titles."""
    family = cues().family
    found = []
    for match in _japanese_pattern().finditer(text):
        name = match[1] or _without_beginning_of_title(match[2])
        at = match.start(1) if match[1] else match.start(2)
        if (match[3] and len(name) < _FULL) or "氏" in name:
            continue
        if match[1] or _foreign_surname(match) or _is_japanese_name(name, text[max(0, at - 1) : at], family):
            found.append((at, at + len(name), name))
    return found
