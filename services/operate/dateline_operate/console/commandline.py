"""How a command reads its arguments: what it cannot read is a Failure, which says what may have been meant."""

from __future__ import annotations

import textwrap
from argparse import Action, ArgumentError, ArgumentParser, HelpFormatter, Namespace, _SubParsersAction
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NoReturn

from dateline_operate.console.failure import Failure
from dateline_operate.console.guessing import meant


class _Help(HelpFormatter):
    """Paragraphs as wide as the terminal; examples as they are."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        paragraphs = text.strip("\n").split("\n\n")
        return "\n\n".join(one if "\n  " in one else textwrap.fill(one, width) for one in paragraphs)


if TYPE_CHECKING:
    _SubParsers = _SubParsersAction["CommandParser"]
else:
    _SubParsers = _SubParsersAction


class _Actions(_SubParsers):
    """Lists actions, each with the first line of its own help."""

    def add_parser(self, name: str, *, help: str = "", **more: Any) -> CommandParser:  # type: ignore[override]
        return super().add_parser(name, help=help, description=f"{help[:1].upper()}{help[1:]}.", **more)


class CommandParser(ArgumentParser):
    """Options of a command, or of one of its actions. ``parse_args`` raises Failure for what cannot be read."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**{"formatter_class": _Help, **more})
        self.register("action", "parsers", _Actions)

    @property
    def options(self) -> list[str]:
        """The long names of its options."""
        return [name for action in self._actions for name in action.option_strings if name.startswith("--")]

    @property
    def actions(self) -> dict[str, CommandParser]:
        """Actions of a command that has some, by name."""
        chosen = (action.choices for action in self._actions if isinstance(action, _Actions))
        return dict(next(chosen, {}))

    def format_help(self) -> str:
        """The options, and examples."""
        from dateline_operate.console.examples import examples_of

        self.epilog = "\n  ".join(["examples:", *examples_of(self.prog)])
        return super().format_help()

    def parse_known_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: Namespace | None = None
    ) -> tuple[Namespace, list[str]]:
        """Read the words; none may be left over. Raises Failure."""
        found, left = super().parse_known_args(args, namespace)
        if left:
            word = left[0].partition("=")[0]
            option = word.startswith("-")
            self.error(
                f"there is no option {word}{meant(word, self.options)}" if option else f"{word!r} is a word too many"
            )
        return found, left

    def error(self, message: str) -> NoReturn:
        """Raise Failure with where the right words are said."""
        raise Failure(f"{message}.", f"`{self.prog} --help` lists the options.", code=2)

    def _check_value(self, action: Action, value: Any) -> None:
        if action.choices is not None and value not in action.choices:
            known = [str(choice) for choice in action.choices]
            raise ArgumentError(action, f"{value!r} is none of {', '.join(known)}{meant(str(value), known)}")
