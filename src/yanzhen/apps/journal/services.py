"""Writing the journal, and proving that nobody has changed it."""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from yanzhen.apps.accounts.models import User
from yanzhen.apps.journal.models import Entry

GENESIS = "0" * 64
JOURNAL_LOCK = 0x79_7A_6A


def digest_of(entry: Entry) -> str:
    """SHA-256 over the entry's content in canonical JSON."""
    text = json.dumps(entry.content(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _one_writer_at_a_time() -> None:
    """Keep two writers from following the same line; SQLite's transactions do so by themselves."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [JOURNAL_LOCK])


@transaction.atomic
def record(
    action: str, subject: models.Model | tuple[str, str], *, by: User | None, **detail: Any
) -> Entry:
    """Append one line (记一行日志).

    Args:
        action: what was done, ``app.verb`` in the past tense, such as ``facts.loaded``.
        subject: a saved model, or ``(kind, id)`` for what is no row.
        by: the person, or None for the machine itself.
        detail: plain values worth keeping; never names, phones or amounts of persons.
    """
    if isinstance(subject, models.Model):
        kind, key = subject._meta.label_lower, str(subject.pk)
    else:
        kind, key = subject
    _one_writer_at_a_time()
    last = Entry.objects.order_by("-pk").first()
    entry = Entry(
        at=timezone.now().astimezone(UTC),
        actor=by,
        actor_label=str(by) if by else "系统",
        action=action,
        subject_kind=kind,
        subject_id=key,
        detail=detail,
        previous=last.digest if last else GENESIS,
    )
    entry.digest = digest_of(entry)
    entry.save()
    return entry


def broken_lines() -> Iterator[tuple[int, str]]:
    """Every line that does not follow from the one before it: ``(pk, what is wrong)``."""
    previous = GENESIS
    for entry in Entry.objects.order_by("pk").iterator(chunk_size=2000):
        if entry.previous != previous:
            yield entry.pk, "a line before this one is missing or out of order"
        elif entry.digest != digest_of(entry):
            yield entry.pk, "this line was changed after it was written"
        previous = entry.digest
