"""DuckDB: decimals of up to 38 digits; dividing them yields floats, so quotients are of HUGEINT."""

from yanzhen.engines.columnar.sql.dialect import Dialect

DUCKDB = Dialect(
    name="duckdb",
    executed=True,
    digits=38,
    decimal=lambda digits, scale: f"DECIMAL({digits}, {scale})",
    whole="(CAST({0} * {2} AS HUGEINT) // CAST({1} * {2} AS HUGEINT))",
    shifted="({0} + CAST({1} AS INTEGER))",
    most_columns=4000,
    most_bytes=4_000_000,
    longest_name=200,
)
