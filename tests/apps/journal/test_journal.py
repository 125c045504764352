import pytest

from yanzhen.apps.accounts.enums import Role
from yanzhen.apps.accounts.models import User
from yanzhen.apps.journal.models import Entry
from yanzhen.apps.journal.services import GENESIS, broken_lines, record

pytestmark = pytest.mark.django_db


def _three_lines():
    return [record("test.done", ("thing", str(n)), by=None, n=n) for n in range(3)]


def test_record_chains_each_line_to_the_one_before():
    first, second, third = _three_lines()

    assert first.previous == GENESIS
    assert second.previous == first.digest
    assert third.previous == second.digest
    assert list(broken_lines()) == []


def test_record_names_the_person_and_keeps_the_subject_without_a_key():
    user = User.objects.create_user("handler", role=Role.HANDLER, password="x")

    entry = record("account.checked", user, by=user)

    assert (entry.actor_label, entry.subject_kind) == ("handler", "accounts.user")
    assert entry.subject_id == str(user.pk)


def test_broken_lines_finds_a_changed_line():
    _, second, _ = _three_lines()
    Entry.objects.filter(pk=second.pk).update(detail={"n": 99})

    found = list(broken_lines())

    assert found == [(second.pk, "this line was changed after it was written")]


def test_broken_lines_finds_a_missing_line():
    _, second, third = _three_lines()
    Entry.objects.filter(pk=second.pk).delete()

    found = list(broken_lines())

    assert found == [(third.pk, "a line before this one is missing or out of order")]
