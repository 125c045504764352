"""Writing the search index: one document for each enterprise (检索库).

The table is made by a migration: FTS5 on SQLite, a text column with a ``tsvector`` made from it
on PostgreSQL.
"""

from django.db import connection

from yanzhen.apps.arrow import Values, pa
from yanzhen.apps.enterprises.models import Enterprise
from yanzhen.apps.enterprises.services.bulk import insert_rows, run_many
from yanzhen.apps.enterprises.words import document

TABLE = "enterprises_search"
_CHUNK = 500


def _key() -> str:
    return "id" if connection.vendor == "postgresql" else "rowid"


def index_rows(ids: Values, names: Values, usccs: Values, numbers: Values) -> None:
    """Add documents for new enterprises, each with one name."""
    columns = zip(names.to_pylist(), usccs.to_pylist(), numbers.to_pylist(), strict=True)
    bodies = [document([name], _codes(uscc, number)) for name, uscc, number in columns]
    insert_rows(TABLE, pa.table({_key(): ids, "body": pa.array(bodies, pa.string())}))


def reindex(ids: list[int]) -> None:
    """Write the documents of known enterprises anew, with every name and code they ever had."""
    key = _key()
    for begin in range(0, len(ids), _CHUNK):
        part = ids[begin : begin + _CHUNK]
        rows = Enterprise.objects.filter(pk__in=part).prefetch_related("names", "identifiers")
        run_many(f"DELETE FROM {TABLE} WHERE {key} = %s", ((pk,) for pk in part))  # noqa: S608
        run_many(
            f"INSERT INTO {TABLE} ({key}, body) VALUES (%s, %s)",  # noqa: S608 -- our own names
            ((row.pk, _document(row)) for row in rows),
        )


def _document(row: Enterprise) -> str:
    names = {row.name: None} | {old.name: None for old in row.names.all()}
    codes = dict.fromkeys(_codes(row.uscc, ""))
    codes |= {old.code: None for old in row.identifiers.all()}
    return document(names, codes)


def _codes(uscc: str, number: str) -> list[str]:
    """The unified code, the organization code inside it, the old number if there is one."""
    return [uscc, uscc[8:17], number] if number else [uscc, uscc[8:17]]
