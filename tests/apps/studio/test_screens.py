"""A3 and the data board on the sample city."""

import shutil

import pytest
from django.urls import reverse

from yanzhen.apps.accounts.enums import Role
from yanzhen.apps.accounts.models import User
from yanzhen.apps.organizations.city import current_city
from yanzhen.apps.studio.models import CityVersion
from yanzhen.apps.studio.services import keep_version


@pytest.fixture
def as_admin(client, db):
    client.force_login(User.objects.create_user("system", role=Role.SYSTEM, password="x"))
    return client


@pytest.fixture
def own_city(settings, tmp_path):
    """A copy of the sample city that a test may change."""
    folder = tmp_path / "city"
    shutil.copytree(settings.YANZHEN_CITY, folder)
    settings.YANZHEN_CITY = folder
    return folder


def test_city_page_counts_what_the_folder_holds(as_admin):
    text = as_admin.get(reverse("studio:city")).content.decode()

    assert "检查通过，没有错误" in text
    assert "样例市" in text


def test_city_page_lists_faults_with_file_and_line(as_admin, own_city):
    current_city()
    broken = own_city / "facts" / "business.yaml"
    broken.write_text(
        broken.read_text(encoding="utf-8").replace("dataset: tax_annual", "dataset: nothing", 1),
        encoding="utf-8",
    )

    answer = as_admin.get(reverse("studio:city"))

    assert "facts/business.yaml:" in answer.content.decode()


def test_keep_version_archives_each_content_once(db, own_city):
    first = keep_version(current_city())
    again = keep_version(current_city())

    assert first == again
    assert first.archive_file.exists()
    assert CityVersion.objects.count() == 1


def test_the_difference_of_two_versions_is_told_in_words(as_admin, own_city):
    old = keep_version(current_city())
    file = (
        own_city
        / "parameters"
        / "industry"
        / next(p.name for p in (own_city / "parameters" / "industry").iterdir())
    )
    text = file.read_text(encoding="utf-8")
    source = text.rsplit("source: ", 1)[1].split("}")[0].strip()
    file.write_text(
        text.rstrip() + f'\n  - {{from: 2030-01-01, value: "30000000", source: {source}}}\n',
        encoding="utf-8",
    )
    new = keep_version(current_city())

    answer = as_admin.get(reverse("studio:city_diff", args=[old.pk, new.pk]))

    assert old.pk != new.pk
    assert "2030-01-01" in answer.content.decode()


def test_data_board_says_what_never_came(as_admin):
    text = as_admin.get(reverse("studio:data")).content.decode()

    assert "6 个来源数据集" in text
    assert text.count("从未收到") == 6


def test_data_board_says_how_old_each_data_set_is(client, site):
    client.force_login(site.analyst)

    text = client.get(reverse("studio:data")).content.decode()

    assert text.count("从未收到") == 1
    assert "2025-12-31" in text
