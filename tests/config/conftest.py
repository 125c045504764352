"""What the tests of the command stand on."""

import pytest
from click.testing import CliRunner
from tests.sample_site import build_site

from yanzhen.config.cli import main


@pytest.fixture
def site(db, tmp_path):
    """Eight enterprises of the sample city with their data and a snapshot."""
    return build_site(tmp_path / "sources")


@pytest.fixture
def yanzhen():
    """Run the command in this process: ``yanzhen("city", "check", folder)``."""

    def run(*arguments, given=None):
        return CliRunner().invoke(main, list(map(str, arguments)), input=given)

    return run
