"""What every test stands on: the sample city, a data folder of its own, quick passwords."""

import os
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

ROOT = Path(__file__).resolve().parents[1]

hypothesis_settings.register_profile(
    "dev", max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.register_profile(
    "ci",
    max_examples=100,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
hypothesis_settings.load_profile("ci" if os.environ.get("CI") else "dev")


@pytest.fixture(autouse=True)
def _a_site_of_its_own(tmp_path, settings, monkeypatch):
    """The sample city and an empty data folder; passwords hashed by a quick method."""
    settings.YANZHEN_CITY = ROOT / "cities" / "sample"
    settings.YANZHEN_DATA_DIR = tmp_path / "data"
    settings.YANZHEN_DEMO = False
    monkeypatch.setattr("yanzhen.apps.organizations.city.LOOK_EVERY", 0)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # a request leaves its language behind in the thread
    with translation.override("zh-hans"):
        yield


@pytest.fixture(scope="session")
def root():
    """The repository's folder."""
    return ROOT
