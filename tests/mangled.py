"""Strategies for JSON members with values that no provider would write, to test readers."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st


def mangled(names: list[str], inner: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    """Members of these names with values of any kind; objects among them have members of the ``inner`` names."""
    plain = st.none() | st.booleans() | st.integers() | st.text(max_size=20)
    values = st.recursive(
        plain,
        lambda within: st.lists(within, max_size=3) | st.dictionaries(st.sampled_from(inner), within, max_size=2),
        max_leaves=6,
    )
    return st.dictionaries(st.sampled_from(names), values)
