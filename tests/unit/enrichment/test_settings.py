"""What enrichment is told, and cannot do."""

from __future__ import annotations

import pytest

from dateline_enrichment import people_model
from dateline_enrichment.app import build
from dateline_enrichment.settings import EnrichmentSettings
from dateline_kernel.errors import Misconfigured


def test_a_model_that_is_not_installed_stops_the_service_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong setting, not a failure that starting again could mend."""
    monkeypatch.setattr(people_model, "MODELS", {"en": ("no_such_model_here",)})
    with pytest.raises(Misconfigured, match=r'people = .model.*enrichment-model\.txt, or set people = "rules"'):
        build(EnrichmentSettings(people="model"))
