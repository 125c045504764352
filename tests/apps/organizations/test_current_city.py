import shutil

import pytest

from yanzhen.apps.organizations.city import current_city
from yanzhen.kernel.errors import PackError


def test_current_city_is_read_once_for_each_state_of_its_files(settings, tmp_path, root):
    folder = tmp_path / "city"
    shutil.copytree(root / "cities" / "sample", folder)
    settings.YANZHEN_CITY = folder
    first = current_city()

    again = current_city()

    assert again is first


def test_current_city_is_read_again_after_an_edit(settings, tmp_path, root):
    folder = tmp_path / "city"
    shutil.copytree(root / "cities" / "sample", folder)
    settings.YANZHEN_CITY = folder
    first = current_city()
    file = folder / "city.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "\n# edited\n", encoding="utf-8")

    again = current_city()

    assert again is not first


def test_current_city_with_faults_lists_them(settings, tmp_path):
    settings.YANZHEN_CITY = tmp_path / "empty"
    (tmp_path / "empty").mkdir()

    with pytest.raises(PackError):
        current_city()
