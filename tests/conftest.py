"""What holds for all tests."""

from __future__ import annotations

from hypothesis import settings

# A property is about what comes out. How long one example took says how busy the machine was; time is measured by
# tests/bench and tests/fuzz, in processor time.
settings.register_profile("dateline", deadline=None)
settings.load_profile("dateline")
