"""Addresses that a story's text may link to."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urljoin, urlsplit

_SAFE = re.compile(r"(?:https?://|mailto:)[^\s<>\"'\\]+", re.IGNORECASE)
_WEB = re.compile(r"https?://\S+", re.IGNORECASE)
_LONGEST = 2000
"""Characters; a longer address is no link."""


def safe_href(href: str, base: str) -> str:
    """The absolute address, by that of the page; empty unless it is a web or mail address."""
    href = href.strip()
    if base and href and not href.startswith("#"):
        try:
            href = urljoin(base, href)
        except ValueError:
            return ""
    return href if len(href) < _LONGEST and _SAFE.fullmatch(href) else ""


def is_web_address(text: str) -> bool:
    """Whether a text is an address of the web and nothing else."""
    return text[:4].lower() == "http" and _WEB.fullmatch(text) is not None


def split_href(href: str) -> SplitResult:
    """The parts of an address, all empty if it is none: a page may state anything (``http://[x/``)."""
    try:
        return urlsplit(href)
    except ValueError:
        return urlsplit("")


def link_tag(href: str) -> str:
    """The opening tag of a link to a safe address."""
    return '<a href="' + href.replace("&", "&amp;") + '">'  # no other sign to escape is in a safe one
