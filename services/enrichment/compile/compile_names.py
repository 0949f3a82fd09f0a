"""Make ``tables/names.msgpack.gz``: given names, surnames and common words, from PyPI's faker (MIT). Run by hand.

python compile_names.py
"""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import msgspec
from gazetteer_sources import common_words, given_names, surnames

TABLES = Path(__file__).parent.parent / "dateline_enrichment" / "tables"
SCRIPTS = re.compile("[A-Z\u00c0-\u024f\u0370-\u052f\u0590-\u06ff\u4e00-\u9fff\uac00-\ud7a3\u1e00-\u1eff]")


def main() -> None:
    """Compile and write the file; the same release of faker gives the same bytes."""
    given = sorted(name for name in given_names() if SCRIPTS.match(name) and " " not in name)
    family = sorted(name for name in surnames() if SCRIPTS.match(name))
    names = {*given, *family}
    words = sorted(word for word in common_words() if word.isalpha() and word.capitalize() not in names)
    packed = gzip.compress(msgspec.msgpack.encode({"given": given, "family": family, "common": words}), 9, mtime=0)
    target = TABLES / "names.msgpack.gz"
    target.write_bytes(packed)
    print(f"{target.name}: {len(given)} given names, {len(family)} surnames, {len(words)} words, {len(packed)} bytes")


if __name__ == "__main__":
    main()
