"""Names of people in Chinese copy, which has no capitals: by titles beside them."""

from __future__ import annotations

import re
from functools import lru_cache

from dateline_enrichment.alternation import one_of
from dateline_enrichment.cues import cues
from dateline_enrichment.eastern_titles import Span, eastern_titles
from dateline_enrichment.gazetteer import atlas

_CHINESE_BEGIN = (
    "要告则还也都又曾已正从由说表在的和与于将称周星昨今日会同向出发宣访率为是对就已通致抵主强指认等介赴因不被"
    "則還從說與於將稱會發訪為對強認陪"
)
_CHINESE_AFTER = rf"[^\u4e00-\u9fff]|\Z|[{_CHINESE_BEGIN}]"
"""What may follow a name: no Chinese character, or one that begins a verb, a day or a joint."""
_DOTS = "·•・"
"""Between the parts of foreign names."""
_OF_AREAS = tuple("县市省区镇村州乡縣區鎮鄉")
"""Last characters of names of areas."""
_NO_NAME = (
    *("时隔", "国家", "國家", "国务", "党中", "時隔", "全国", "全體", "全体", "向", "对"),
    *("与", "和", "在", "就", "贺信", "贺电", "致电", "讲话", "会议", "指出", "会见"),
)
"""Words after a title that are no names, though they begin with a surname."""


_BEFORE_NAME = "应與与和及跟由被向对對请陪在经為为給给让找見见的是"
"""Small words and verbs that may stand before a name."""
_SOUNDS = (
    "阿艾安奥巴贝本比宾博布查达戴德迪丁杜多恩尔法费菲夫福弗戈格古哈海汉赫亨胡华霍基吉加杰金卡凯科克肯库拉莱赖兰朗勒雷里利"
    "莉列林卢鲁罗洛马玛麦曼梅米莫姆穆纳娜内尼涅纽诺欧帕佩皮普奇乔切琼日萨塞森沙舍申什圣施史斯思苏索塔泰坦特提图托瓦万威韦维"
    "文沃乌西希锡夏谢辛休雅亚延扬叶伊英尤约扎詹朱佐"
)
"""Characters with which foreign names are written."""


@lru_cache(maxsize=1)
def _before_title() -> re.Pattern[str]:
    """A name with a title right after it: ``赵紫阳总理``."""
    titles, han = one_of(eastern_titles()["chinese_after"]), "[\u4e00-\u9fff]"
    return re.compile(rf"(?:(?<!{han})|(?<=[{_BEFORE_NAME}]))(?P<name>{han}{{2,3}}?)(?={titles})")


@lru_cache(maxsize=1)
def _foreign() -> re.Pattern[str]:
    """A foreign name of one part after a title: ``总理英格利希``."""
    titles = one_of(eastern_titles()["chinese"])
    return re.compile(rf"(?:{titles})(?P<name>[{_SOUNDS}]{{3,6}}?)(?=夫妇|夫人|表示|{_CHINESE_AFTER}|说|會|会)")


@lru_cache(maxsize=2)
def _chinese_pattern(*, dots: bool) -> re.Pattern[str]:
    """Names after titles; foreign ones, whose parts stand apart by ``dots``, where the text has such a mark at all.

    After a name may stand ``上周``, last week, whose first character is no part of it.
    """
    titles, han = one_of(eastern_titles()["chinese"]), "[\u4e00-\u9fff]"
    native = rf"(?:{titles})(?P<native>{han}{{2,3}})(?!(?<=上)[周週月])(?={_CHINESE_AFTER}|上[周週月])"
    foreign = rf"(?:{titles}|(?<!{han}))(?P<foreign>{han}{{1,5}}(?:[{_DOTS}]{han}{{1,5}}?){{1,2}})(?={_CHINESE_AFTER})"
    return re.compile(f"{foreign}|{native}" if dots else f"{native}(?P<foreign>)")


@lru_cache(maxsize=1)
def _chinese_surnames() -> frozenset[str]:
    """The surnames of the list and of the table; cached, since the list is long."""
    return cues().family.union(eastern_titles()["chinese_surnames"])


def chinese_people(text: str) -> list[Span]:
    """The people of a text; their spans do not overlap."""
    found = _after_titles(text)
    family, held = _chinese_surnames(), {start for start, _, _ in found}
    for match in _before_title().finditer(text):
        name = match["name"]
        doubtful = name.startswith(_NO_NAME) or name.endswith(_OF_AREAS + _NO_ENDS) or atlas().bearers_of(name)
        if name[0] in family and not doubtful and match.start("name") not in held:
            found.append((match.start("name"), match.end("name"), name))
            held.add(match.start("name"))
    for match in _foreign().finditer(text):
        if match.start("name") not in held:
            found.append((match.start("name"), match.end("name"), match["name"]))
    return found


_NO_ENDS = tuple("副正前任总總原现省市国國部委")
"""Last characters of words before an office that are no names."""


def _after_titles(text: str) -> list[Span]:
    family = _chinese_surnames()
    found = []
    for match in _chinese_pattern(dots=any(dot in text for dot in _DOTS)).finditer(text):
        part = "foreign" if match["foreign"] else "native"
        name, at = match[part], match.start(part)
        if match["foreign"] or (name[0] in family and not name.startswith(_NO_NAME) and not name.endswith(_OF_AREAS)):
            found.append((at, at + len(name), name))
    return found
