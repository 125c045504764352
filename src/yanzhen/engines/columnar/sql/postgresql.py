"""PostgreSQL 15 and later: NUMERIC without bound; ``div`` cuts quotients off exactly.

``OFFSET 0`` ends each stage because the planner would otherwise merge the stages and write shared
columns out as often as they are used.
"""

from yanzhen.engines.columnar.sql.dialect import Dialect

POSTGRESQL = Dialect(
    name="postgresql",
    executed=True,
    digits=1000,
    decimal=lambda digits, scale: f"NUMERIC({digits}, {scale})",
    whole="div({0}, {1})",
    text="TEXT",
    barrier="OFFSET 0",
    collate=' COLLATE "C"',
    shifted="({0} + CAST({1} AS INTEGER))",
    length="char_length({0})",
    matches="({0} ~ {1})",
)
