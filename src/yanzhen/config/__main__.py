"""``python -m yanzhen.config`` is the same as ``yanzhen``."""

from yanzhen.config.cli import main

main()
