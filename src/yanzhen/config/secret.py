"""The site's secret, made once and kept outside the repository (密钥)."""

import secrets
from pathlib import Path


def secret_key(path: Path) -> str:
    """The secret in ``path``; made, readable by its owner only, where there is none yet."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        # whole or not at all: an empty secret would stop every later start
        part = path.with_suffix(".part")
        part.unlink(missing_ok=True)
        part.touch(mode=0o600)
        part.write_text(secrets.token_urlsafe(48), encoding="utf-8")
        part.replace(path)
    return path.read_text(encoding="utf-8").strip()
