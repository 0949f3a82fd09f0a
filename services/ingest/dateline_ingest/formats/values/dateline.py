"""The dateline that opens a wire text: ``NIAMEY, March 26 (AFP) -``, ``London (dpa) -``, ``(ANSA) - ROMA, 1 LUG -``.

Belga ends its own with ``=``, KNA's and epd's have no sign at their end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

_PLACE = r"[^\W\d_][\w .,'’\-/]{1,70}?"
_AGENCY = r"[\w .,/&'’–-]{2,40}"
_DASH = r"(?:--|[-–—−_:])"
_DAY = r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}, (?:19|20)\d\d\s?--)?"
"""Business Wire's, behind the agency: ``HILLTON, Elsewhere--(BUSINESS WIRE)--March 26, 2006--``."""
_BRACKETED = (
    re.compile(
        rf"((?:\d{{1,2}}\.\d{{1,2}}\.(?:\d{{4}},)?\s)?{_PLACE}\s*[,;]?\s*\({_AGENCY}\)\.?\s*{_DASH}+{_DAY})(?:\s*\S|\s*$)"
    ),
    re.compile(rf"({_PLACE}\s*{_DASH}\s*\({_AGENCY}\)(?:\s*{_DASH}+(?=\s*\S)|(?=\s*[^\s_a-zà-ÿ–—-])))"),
    re.compile(rf"(\({_AGENCY}\)\s*{_DASH}\s*{_PLACE}(?:,[^-–—]{{1,20}})?\s*[-–—]+)\s+\S"),
    re.compile(rf"({_PLACE}(?:\s+\d{{1,2}}/\d{{1,2}})?\s*\({_AGENCY}\)\s*=)\s*\S"),
)
"""Forms that name the agency in brackets."""
_EAST = "共同|時事|ロイター|AFP|AP|中央社|연합뉴스|뉴시스|뉴스1|뉴스핌"
_ARABIC = "ایرنا|ایسنا|مهر|فارس|تسنیم|سانا|رويترز|رویترز|وكالات|وام|قنا|بترا|وفا|واس|كونا|الأناضول|شينخوا|أ ف ب|د ب أ"
"""Agencies in scripts without capitals: only their names tell a dateline from words in brackets or dashes."""
_OTHERS = (
    re.compile(r"((?:新华社|新華社|中新社|中新网|中央社)[^，。,：:]{1,20}?(?:[电電]|(?<![快简簡通音资資])[讯訊]))"),
    re.compile(
        rf"([【\[［(（〔][^】\]］〕。]{{0,30}}?(?:中央社[^】\]］)）〕。]{{1,20}}"
        rf"|(?:{_EAST})(?=[】\]］)）〕=＝・/ ])[^】\]］)）〕。]{{0,20}})[】\]］)）〕](?:\s*[-–—])?)\s*\S"
    ),
    re.compile(
        rf"([\u0620-\u06ff ]{{2,20}}\s?(?:[-–ـ]|\d{{1,2}}[-/]\d{{1,2}}[-/]\d{{4}})\s?"
        rf"(?:{_ARABIC})(?:\s?[-–ـ:](?=\s*\S)|$))"
    ),
    re.compile(rf"([\u0620-\u06ff][\u0620-\u06ff\d ]{{3,40}}/\s?(?:{_ARABIC})\s?/)\s*\S"),
    re.compile(
        r"([А-ЯЁІЇЄҐ][\w -]{1,30}[.,]\s\d{1,2}\s[а-яёіїєґ]{3,9}\.?\s?(?:[—–-]\s)?"
        r"[А-ЯЁІЇЄҐA-Z][\w«»-]{2,20}(?:\.[A-Z]{2,4})?(?:\s[\w«»-]{2,20})?(?:\.\s[—–-]|\s[—–-]|[.:]))\s+\S"
    ),
)
_CAPITALS = (re.compile(r"([A-ZÀ-Þ][A-ZÀ-Þ .'’-]{2,40}(?:,\s[^-–—(]{2,30})?\s+(?:--|[–—-]))\s+\S"),)
_OVER_FIGURES = re.compile(r"([A-ZÀ-Þ][A-ZÀ-Þ .'’-]{2,40},\s[^-–—(]{0,28}\d\s*(?:--|[–—-]))$")
"""A dateline that is a paragraph by itself: ``TORONTO, Feb 26 -``."""
_NAMED = re.compile(
    rf"((?=[A-ZÀ-Þ]){_PLACE},\s(?:[^\W\d_]{{3,9}}\.?,?\s\d{{1,2}}|\d{{1,2}}\.?\s[^\W\d_]{{3,9}}\.?),"
    rf"\s(?:[A-Z]{{3,15}}\s?{_DASH}+|[A-Z][A-Za-z-]{{2,14}}\s?:))(?:\s+\S|\s*$)"
)
"""The form with the agency behind the date: ``Oranburg, March 14, IRNA -``, ``ORANBURG, MARCH 14, ARMENPRESS:``. Only
with a colon may it have small letters: ``On Sunday, March 14, Jane – who`` is a sentence."""
_NAME_BEHIND = re.compile(r",(?<=[\w.].)\s[A-Z][A-Za-z-]{2,14}\s?[:–—-]")
_SLASHED = re.compile(rf"({_PLACE}\s*/\s?[A-ZА-ЯЁ][\w .-]{{2,40}}\s?/\s*(?:{_DASH}+|\.))(?:\s|$)")
"""The form of press release wires: ``AUSTIN, Texas, Feb. 1, 2017 /PRNewswire/ --``, and of TASS: ``/ТАСС/.``."""
_INDIC = r"[\w\u0900-\u0dff .,'’–-]"
_UNDASHED = re.compile(
    rf"([^\W\d_]{_INDIC}{{1,60}}?(?:\d{_INDIC}{{1,25}}?\([^()\d]{{2,30}}\)\s*[।:–-]*|\([^()\d]{{2,30}}\)\s*[।:–-]+))\s*\S"
)
"""The form of South Asia, with no dash and with vowels that are marks: ``नई दिल्ली, 28 नवंबर (भाषा)``."""
_THAI = re.compile(
    r"([\u0e00-\u0e7f\w .,]{2,40}\d[\u0e00-\u0e7f\w .,]{1,20}\([\u0e00-\u0e7f\w ]{2,30}\)\s*[-–—]+)\s*\S"
)
_TWICE = re.compile(
    rf"({_PLACE}\s?\([^\W\d_][\w .'’-]{{2,30}}\)(?:\s\[[\w .-]{{2,30}}\])?(?:,[^-–—(]{{1,25}})?"
    rf"\s*\({_AGENCY}\)\s*{_DASH}+(?=\s*\S)"
    rf"|{_PLACE}\s\([A-Z]{{2,4}}\),\s[^():]{{0,20}}\d[^():]{{0,12}}\([A-Z]{{2,8}}\)(?=\s+[A-ZÀ-Þ]))"
)
"""The forms with country or state: ``Brest (France), 5 jan 2026 (AFP) -``, ``Puri (Odisha) [India], March 26 (ANI):``,
``Puri (OD), Mar 26 (PTI)``."""
_UNSIGNED = re.compile(rf"({_PLACE},\s[^():]{{0,20}}\d[^():]{{0,12}}\([A-Z]{{2,8}}\))\s+[A-ZÀ-Þ]")
"""A date and an agency's letters, and no sign at its end: ``NEW DELHI, Mar 26 (PTI)``, ``Helsinki, 26.3. (STT)``."""
_YEAR = re.compile(r"\b20\d\d\s?[–—-]")
_RELEASED = re.compile(
    rf"((?=[A-ZÀ-Þ]){_PLACE},?\s(?:le\s)?(?:\d{{1,2}}\.?\s[^\W\d_]{{3,10}}\.?|[^\W\d_]{{3,10}}\.?\s\d{{1,2}},?)"
    r"\s20\d\d\s?[–—-]+)\s+[^\W\d_]"
)
"""The form of companies and authorities, a place and a whole date: ``London, 26 March 2026 –``."""
_INDIC_OR_THAI = re.compile(r"[\u0900-\u0e7f]")
_AGENCY_IN = re.compile(
    r"\((?:[^()=＝]{1,30}[=＝])?([\w .&'’–-]{2,40})[^()]*\)[^(]*$|/\s?([A-Z][\w .-]{2,40})\s?/\s*\W+$"
    r"|\d,\s([A-Z][A-Za-z-]{2,14})\s?[:–—-]+$"
)
"""In brackets, Korea's behind the place and a sign of equality; between strokes; behind the date."""
_SEVERAL = re.compile(r"[/,+–]|\s-\s|-(?=[A-Z]{2})")
_REPORTER = re.compile(
    r"\s?(?:((?:[가-힣]{2,4}[·, ]{1,2}){1,4}(?:기자|특파원|통신원))\s?="
    r"|[（(]\s?(?:记者|記者)\s?([^（）()，。]{2,30})[）)])"
)
_REACH = 140
_ABOVE, _LONGEST_ABOVE = 6, 140
_SENTENCE_ENDS = (".", "!", "?", "”", '"', "。")
"""Paragraphs among which a dateline is looked for, and characters of one that may stand over it."""


def dateline_of(paragraph: str) -> str:
    """The dateline at the start of a paragraph as written, its dash included; empty if there is none."""
    head = paragraph[:_REACH]
    forms: tuple[re.Pattern[str], ...] = _CAPITALS if head.isascii() else (*_OTHERS, *_CAPITALS)
    for form in (*_BRACKETED, *forms) if "(" in head else forms:
        if found := form.match(head):
            return found[1].strip()
    if (rarer := _rarer(head)) and (found := rarer.match(head)):
        return found[1].strip()
    dated = "20" in head and _YEAR.search(head)
    return found[1].strip() if dated and (found := _RELEASED.match(head)) else ""


def opening_dateline(paragraphs: Iterable[str]) -> str:
    """The dateline of the first paragraph that is none of the points, bylines and labels over a text; empty if none is.

    Reuters puts points over its text (``* Shares fall 3%``), companies what the text is and a headline.
    """
    for paragraph in islice(paragraphs, _ABOVE):
        if found := dateline_of(paragraph):
            return found
        if len(paragraph) > _LONGEST_ABOVE or paragraph.endswith(_SENTENCE_ENDS):
            break
    return ""


def _rarer(head: str) -> re.Pattern[str] | None:
    if head.isascii() or not (script := _INDIC_OR_THAI.search(head)):
        if "/ " in head or "/." in head:
            return _SLASHED
        if brackets := head.count("("):
            return _UNSIGNED if brackets == 1 else _TWICE
        if _NAME_BEHIND.search(head):
            return _NAMED
        return _OVER_FIGURES if head[-1:] in "-–—" else None
    return _UNDASHED if script[0] < "\u0e00" else _THAI


def reporter_in(paragraph: str, dateline: str) -> str:
    """The reporter behind a Korean or Chinese dateline (``홍길동 기자 =``, ``（记者张三）``); else empty."""
    found = _REPORTER.match(paragraph, len(dateline)) if dateline and paragraph.startswith(dateline) else None
    return found[1] or found[2] if found else ""


def dateline_by(paragraph: str, agency: str) -> str:
    """A dateline without a dash, ``Berlin (KNA)`` or ``Berlin (epd).``, of a known agency; empty if there is none."""
    if not agency or "(" not in (head := paragraph[:_REACH]):
        return ""
    place, _, rest = head.partition("(")
    named, closed, after = rest.partition(")")
    stop = after[:1] if after.startswith(". ") else ""
    if not closed or not 2 <= len(place.strip()) <= 60 or (after and not stop and not after[0].isspace()):
        return ""
    parts = re.split(r"[/,+ -]+", named.lower()) if place[:1].isupper() else ()
    return f"{place}({named}){stop}".strip() if agency.lower() in parts else ""


def agency_in(dateline: str) -> str:
    """The agency in brackets in a dateline, the first of several; empty if there is none."""
    found = _AGENCY_IN.search(dateline)
    return _SEVERAL.split(found[1] or found[2] or found[3])[0].strip() if found else ""
