"""What stands before a root element, told once for all messages that begin alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline_ingest.formats.xml.prolog import Prolog, prolog_of

PIECES = (
    b"<?xml version='1.0' encoding=\"UTF-8\"?>",
    b"<?xml-stylesheet href='a.css'?>",
    b"\n",
    b"<!-- not <this one> -->",
    b"<!-- open",
    b"<!DOCTYPE nitf SYSTEM 'nitf.dtd'>",
    b"<!DOCTYPE nitf PUBLIC '<seeming",
    b"' 'nitf.dtd'>",
    b"<!DOCTYPE nitf [",
    b'<!ENTITY nbsp "&#160;">',
    b"]>",
    b"<newsItem guid='a'>",
    b"<nar:newsItem\n",
    b"<nitf/>",
    b"<nit",
    b"text",
)


def _everything(prolog: Prolog) -> dict[str, object]:
    return {name: getattr(prolog, name) for name in Prolog.__slots__}


@given(st.lists(st.sampled_from(PIECES), max_size=8))
def test_what_is_kept_of_a_prolog_is_what_is_read_of_it_anew(pieces: list[bytes]) -> None:
    """Whatever stands before the root, and whatever was read before."""
    data = b"".join(pieces)
    assert _everything(prolog_of(data)) == _everything(Prolog(data))


@pytest.mark.parametrize("root", [b"newsItem", b"newsMessage", b"nitf"])
def test_a_root_is_told_by_its_whole_name(root: bytes) -> None:
    """Messages that begin alike up to their root are told apart by it."""
    assert prolog_of(b"<?xml version='1.0'?>\n<" + root + b" version='1'>").root == root.decode()


def test_a_name_in_a_doctype_is_no_root() -> None:
    """It stands between quotes there."""
    assert prolog_of(b"<!DOCTYPE nitf SYSTEM '<rss version'><nitf>").root == "nitf"
