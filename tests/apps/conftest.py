"""The small site on the sample city, for tests of screens and services."""

import pytest
from tests.sample_site import build_site


@pytest.fixture
def site(db, tmp_path):
    """Eight enterprises of the sample city with their data and a snapshot."""
    return build_site(tmp_path / "sources")
