"""What is not known in a parsed shape means no condition; a house's shapes match what they would alone."""

from __future__ import annotations

import re
import sys
from types import SimpleNamespace
from typing import Any

import pytest

from dateline_attribution import parsedshapes
from dateline_attribution.guards import guarded
from dateline_attribution.parsedshapes import at_the_start, parsed, parts_of
from dateline_attribution.rules import RuleSet
from dateline_attribution.ruletable import parse_table
from dateline_attribution.triggers import triggers

SIGN = "\ue000"
TEXTS = (
    f"told {SIGN}",
    f"TOLD {SIGN}",
    f"{SIGN}",
    f"x{SIGN}",
    f"by {SIGN} by",
    f"no {SIGN} by",
    f"({SIGN})",
    f"(aaab{SIGN}",
    f"aab {SIGN}",
    f"cd{SIGN}xcd",
    f"Photo {SIGN}",
    f"Phot {SIGN}o",
    f"y Bild{SIGN}",
    f"y Bilde{SIGN}",
    f"one{SIGN}",
    f"e{SIGN}",
    f"{SIGN}\ntold {SIGN}",
    "nothing at all",
    "",
)


def code(name: str) -> Any:
    """An opcode, as the parser of some Python may name it."""
    return SimpleNamespace(name=name)


LITERAL = (code("LITERAL"), ord("x"))


@pytest.mark.parametrize(
    "sequence",
    [
        [LITERAL, (code("SKIP_BACK"), 1)],
        [LITERAL, (7, 1)],
        [LITERAL, (code("LITERAL"), "x")],
        [(code("LITERAL"), -1)],
        [(code("LITERAL"), 0x110000)],
        [LITERAL, (code("LITERAL"), ord("y"), "more")],
        [LITERAL, code("LITERAL")],
        [(code("IN"), [])],
        [(code("IN"), [(code("RANGE"), (9, 3))])],
        [(code("IN"), [(code("LITERAL"), 97), (code("INTERSECTION"), 98)])],
        [(code("IN"), [(code("LITERAL"), 97), (code("NEGATE"), None)])],
        [(code("BRANCH"), (None, []))],
        [(code("BRANCH"), [[LITERAL], [LITERAL], [LITERAL]])],
        [(code("BRANCH"), (1, [[LITERAL]]))],
        [(code("SUBPATTERN"), (1, [LITERAL]))],
        [(code("SUBPATTERN"), (1, None, None, [LITERAL]))],
        [(code("MAX_REPEAT"), (1, [LITERAL]))],
        [(code("MAX_REPEAT"), (2, 1, [LITERAL]))],
        [(code("MIN_REPEAT"), ([LITERAL], 1, 1))],
        [(code("ASSERT"), (0, [LITERAL]))],
        [(code("ASSERT"), [LITERAL])],
        [(code("MAX_REPEAT"), (1, 1, [(code("SUBPATTERN"), (1, 0, 0, [(code("NEW"), None)]))]))],
        None,
        5,
        [None],
    ],
)
def test_a_part_that_is_not_known_leaves_the_shape_unread(sequence: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """No condition, no guard and no exception, whatever else stands in the shape."""
    assert parts_of(sequence) is None
    monkeypatch.setattr(parsedshapes, "_parse", lambda shape, flags=0: sequence)
    assert triggers(re.compile("told")) == ()
    assert guarded("a|b|c|d|e") == "a|b|c|d|e"


def test_every_opcode_that_is_taken_away_leaves_shapes_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """A shape is read only where all its opcodes are known."""
    shape = "(?P<a>told|x+?)[ab]*(?=c)(?!d)^e"
    assert parsed(shape) is not None
    for name in ("LITERAL", "IN", "SUBPATTERN", "BRANCH", "MAX_REPEAT", "MIN_REPEAT", "ASSERT", "ASSERT_NOT", "AT"):
        with monkeypatch.context() as patch:
            patch.delitem(parsedshapes._ARGUMENTS, name)
            assert parsed(shape) is None, name


def test_a_python_without_its_parser_has_no_conditions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules are then tried on every text."""
    assert triggers(re.compile("told"))
    monkeypatch.setattr(parsedshapes, "_parse", None)
    assert triggers(re.compile("told")) == ()


def test_nested_repeats_are_read_in_a_moment() -> None:
    """Each level is read once: at twice a level, this would not come to an end."""
    assert triggers(re.compile("(?:" * 60 + "told.x" + ")+" * 60))


SHAPES = {
    "look behind": r"(?<=told )(?P<a>%N%)|(?<!o )(?P<b>%N%)(?= by)",
    "look behind alternatives": r"(?<=Photo |told x|Phot y|Bild x|told y)(?P<a>%N%)",
    "named groups": r"(?P<b>%N%)?(?P<c>told|no|by|on|at)? ?(?P<a>%N%)",
    "ignoring case": r"(?i)(?:told|no|by|on|at) (?P<a>%N%)",
    "verbose": "(?x) (?: told | no | by | on | # five\n at) \\s (?P<a> %N% )",
    "lines": r"(?m)^(?:told|no|by|on|at) (?P<a>%N%)$",
    "local flags": r"(?i:told|no|by|on|at) (?-i:(?P<a>%N%))",
    "local verbose": r"(?x: %words% ) (?P<a>%N%)",
    "empty branch": r"(?:told |by ||no )(?P<a>%N%)(?: by|)$",
    "atomic": r"(?>a+|\()(?>b|aab)? ?(?P<a>%N%)",
    "possessive": r"\(?+a*+b?+ ?(?P<a>%N%)",
    "possessive words": r"(?:Photo|told|by|no|on)++ (?P<a>%N%)",
    "back reference": r"(?P<b>cd|by|x)? ?(?P<a>%N%)(?: |x)(?P=b)",
    "conditional": r"(?P<b>\()?(?P<a>%N%)(?(b)\)| by)",
    "negated class": r"[^a-z](?P<a>%N%)[^)]",
    "counted": r"(?:a{2,3}b|cd|x){1,2} ?(?P<a>%N%)",
    "none of it": r"(?:told){0}(?P<a>%N%)",
    "never": r"(?:(?!)|told|no|by|on) (?P<a>%N%)",
    "a macro as branch": r"x%loose%(?P<a>%N%)",
    "a macro repeated": r"%tail%?(?P<a>%N%)",
    "a macro that refers": r"(?P<b>cd|by)?(?P<a>%N%)(?:x|y|z|v|w)?%refers%",
    "a macro in a class": r"[(%letters%](?P<a>%N%)",
    "a macro alone in a class": r"[%words%](?P<a>%N%)",
    "a macro alone in a class that is negated": r"[^%words%](?P<a>%N%)",
    "a macro as a number": r"a{%two%,}b ?(?P<a>%N%)",
    "a macro escaped": r"\%digit% ?(?P<a>%N%)|(?P<b>%N%) by",
    "a macro in a comment": r"(?#%signs%) (?P<a>%N%)| (?P<b>%N%)",
    "a macro counted": r"(?:x%words%){1}(?P<a>%N%)|%words%{1} (?P<b>%N%)",
    "a macro as all of a branch": r"(?:%words%|x|%tail%e)(?P<a>%N%)|%words% (?P<b>%N%)",
    "a macro that is turned about": r"(?<!%short%)(?P<a>%N%)(?! b)",
    "half a surrogate": r"(?:\ud800|told) (?P<a>%N%)",
}
MACROS = {
    "N": SIGN,
    "words": "(?: told|by|no|on|at)",
    "loose": "Photo|told |by |no |one",
    "tail": "y (?:Bild|Foto|told|no|on)e?",
    "refers": "(?:(?P=b)|q|r|s|t)",
    "letters": "ax|cd|ef|g",
    "two": "2",
    "short": "(?:y Bild|told x|Photox|one xx|no one)",
    "digit": "d?(?: told|by|no|on|at)",
    "signs": "[x|y|z|v|w]",
}


@pytest.mark.parametrize("name", SHAPES)
def test_an_odd_shape_of_a_house_matches_what_it_would_alone(name: str) -> None:
    """Valid is valid: it is taken, and matches neither more nor less for being read."""
    table = "[macros]\n" + "".join(f"{macro} = '''{text}'''\n" for macro, text in MACROS.items())
    row = f"id = 'odd'\nplace = ['body']\nshape = '''{SHAPES[name]}'''\nmeans = 'copy'\nconfidence = 0.5\n"
    rules = RuleSet(parse_table(f"{table}[[rule]]\n{row}"), {})
    (rule,) = rules.rules
    plain = re.compile(re.sub(r"%(\w+)%", lambda match: MACROS[match[1]], SHAPES[name]))
    matched = 0
    for text in TEXTS:
        found = [match.regs for match in plain.finditer(text)]
        matched += bool(found)
        assert [match.regs for match in rule.pattern.finditer(text)] == found, text
        if found:
            assert rules.sieve.held(text) & rule.needs == rule.needs, text
    assert matched, sys.version


@pytest.mark.parametrize(
    ("shape", "bound"),
    [
        ("^a", True),
        ("(?:^a|^b)c", True),
        ("(?=[ab])(?:^(?P<a>a)|^b)", True),
        ("(?<!x)^a", True),
        ("a", False),
        ("(?:^a|b)", False),
        ("a^", False),
        ("(?:^)?a", False),
        ("(?m:^a)", False),
        ("", False),
    ],
)
def test_a_shape_that_begins_with_the_start_matches_nowhere_else(shape: str, bound: bool) -> None:
    """In each of its branches; what may be left out binds nothing."""
    assert at_the_start(parsed(shape) or ()) is bound


@pytest.mark.parametrize("flags", ["", "(?m)", "(?m:"])
def test_a_shape_of_lines_is_looked_for_in_every_line(flags: str) -> None:
    """A house may say with a flag what ``^`` means."""
    end = ")" if flags.endswith(":") else ""
    shape = f"{flags}^(?P<a>{SIGN}){end}"
    table = f"""[[rule]]\nid = "lines"\nplace = ["body"]\nshape = '{shape}'\nmeans = "copy"\nconfidence = 0.9"""
    (rule,) = RuleSet(parse_table(table), {}).rules
    assert len(list(rule.matches(f"{SIGN} one\n{SIGN} two"))) == (2 if flags else 1)
