"""Breaking messages where the code that reads them has not been yet, with atheris (libFuzzer for Python).

    .venv/bin/python -m pip install atheris       has wheels for Linux on x86-64; nothing else here needs it
    .venv/bin/python tests/fuzz/guided.py [CORPUS] [-max_total_time=600] [-seed=1]

Options are libFuzzer's. The seeds of ``make fuzz`` are put into CORPUS, a new temporary folder if none is named, and
inputs that reach new code are added to it. The rules are those of ``make fuzz``; the first input that breaks one ends
the run and is written to the working folder as ``crash-*``.
"""

from __future__ import annotations

import hashlib
import sys
import tempfile
from pathlib import Path

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))


class RuleBroken(Exception):
    """An input breaks a rule; the text says which and how."""


def main() -> int:
    """Run until the first fault or libFuzzer's end; the exit status."""
    try:
        import atheris
    except ModuleNotFoundError:
        print("atheris is not installed; it is optional: .venv/bin/python -m pip install atheris", file=sys.stderr)
        return 2
    with atheris.instrument_imports(include=["dateline_ingest"]):
        from fuzz.working import ready
    folder = tempfile.mkdtemp(prefix="dateline-guided-")
    watch = ready(Path(folder))

    def check(data: bytes) -> None:
        fault = watch.fault(data)
        if fault is not None:
            raise RuleBroken(f"{fault.rule}: {fault.what}")

    named = [each for each in sys.argv[1:] if not each.startswith("-")]
    corpus = Path(named[0] if named else Path(folder) / "corpus")
    _seed(corpus)
    options = [each for each in sys.argv[1:] if each.startswith("-")]
    atheris.Setup([sys.argv[0], str(corpus), "-max_len=65536", *options], check)
    atheris.Fuzz()
    return 0


def _seed(corpus: Path) -> None:
    from fuzz.seeds import seeds

    corpus.mkdir(parents=True, exist_ok=True)
    for data in seeds():
        (corpus / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)


if __name__ == "__main__":
    sys.exit(main())
