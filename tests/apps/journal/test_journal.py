from importlib import import_module

import pytest
from django.db import IntegrityError, connection, transaction

from yanzhen.apps.accounts.enums import Role
from yanzhen.apps.accounts.models import User
from yanzhen.apps.journal.models import Entry
from yanzhen.apps.journal.services import GENESIS, broken_lines, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def unguarded(db):
    """A database whose guard somebody with enough rights has taken away."""
    migration = import_module("yanzhen.apps.journal.migrations.0002_append_only")
    postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        for sql in migration.POSTGRESQL_BACK if postgresql else migration.SQLITE_BACK:
            cursor.execute(sql)


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


def test_broken_lines_finds_a_changed_line(unguarded):
    _, second, _ = _three_lines()
    Entry.objects.filter(pk=second.pk).update(detail={"n": 99})

    found = list(broken_lines())

    assert found == [(second.pk, "this line was changed after it was written")]


def test_broken_lines_finds_a_missing_line(unguarded):
    _, second, third = _three_lines()
    Entry.objects.filter(pk=second.pk).delete()

    found = list(broken_lines())

    assert found == [(third.pk, "a line before this one is missing or out of order")]


def test_the_database_refuses_to_change_or_remove_a_line():
    _, second, _ = _three_lines()
    line = Entry.objects.filter(pk=second.pk)

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        line.update(detail={"n": 99})
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        line.delete()

    assert line.get().detail == {"n": 1}
    assert list(broken_lines()) == []
