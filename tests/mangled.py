"""Messages that no provider would write, and what a reader may make of them: stories, or a refusal."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from msgspec import json

from dateline_ingest.formats import Unparseable, parse
from dateline_schemas.story import Story


def mangled(names: str, inner: str, *said: str) -> st.SearchStrategy[dict[str, Any]]:
    """JSON members of these names with values of any kind; objects among them have members of the ``inner`` names.

    Names have blanks between them. Texts among the values are any, or one of those that are ``said``.
    """
    texts = st.text(max_size=20) | st.sampled_from(("http://[", "<p>x", *said))
    values = st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | texts,
        lambda within: (
            st.lists(within, max_size=3) | st.dictionaries(st.sampled_from(inner.split()), within, max_size=3)
        ),
        max_leaves=8,
    )
    return st.dictionaries(st.sampled_from(names.split()), values, max_size=8)


def spoilt(sample: bytes, *bits: bytes) -> st.SearchStrategy[bytes]:
    """The sample with a piece cut out somewhere, and any bytes or one of the bits put there."""
    put = st.binary(max_size=20) | st.sampled_from(bits) if bits else st.binary(max_size=20)
    return st.builds(
        lambda at, gone, put: sample[:at] + put + sample[at + gone :],
        st.integers(0, len(sample)),
        st.integers(0, 60),
        put,
    )


def read_or_refused(data: bytes, hint: str = "", url: str = "") -> tuple[Story, ...]:
    """Its stories, which have identifiers and can be written; none where it is refused, with a reason."""
    try:
        stories = parse(data, hint=hint, url=url).stories
    except Unparseable as fault:
        assert fault.reason
        return ()
    assert all(story.guid for story in stories)
    json.encode(stories)
    return stories
