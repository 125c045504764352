"""The database from one address (数据库地址)."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

SQLITE_INIT = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA cache_size=-65536;"
    "PRAGMA mmap_size=268435456;PRAGMA temp_store=MEMORY"
)


def database_from_url(url: str, default: Path) -> dict[str, Any]:
    """Django's description of a database.

    Args:
        url: ``postgresql://user:password@host:port/name``, ``sqlite:///path``, or "" for SQLite
            at ``default``. A host that begins with ``/`` (percent-encoded) is a socket folder.
        default: the SQLite file used when ``url`` is empty.

    Raises:
        ValueError: the address is of another kind.

    >>> database_from_url("postgresql://u:p%40@db:5433/city", Path("x"))["PORT"]
    '5433'
    """
    parts = urlsplit(url)
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": None,
        }
    if parts.scheme not in {"", "sqlite"}:
        msg = f"YANZHEN_DATABASE_URL: {parts.scheme} is not supported; use postgresql:// or sqlite:///"
        raise ValueError(msg)
    path = Path(unquote(parts.path)) if parts.scheme else default
    path.parent.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        # IMMEDIATE: a transaction that reads and then writes must not meet "database is locked"
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_INIT},
    }
