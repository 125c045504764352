"""The site's secret, made once and kept outside the repository (密钥)."""

import secrets
from pathlib import Path


def secret_key(path: Path) -> str:
    """The secret in ``path``; made, readable by its owner only, where there is none yet."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48), encoding="utf-8")
    return path.read_text(encoding="utf-8").strip()
