"""Values exactly at, just above and just below what a rule compares with: never a wrong bit."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.columnar.column_books import book, clause, frame

from yanzhen.engines.columnar.agree import compare
from yanzhen.engines.columnar.cuts import cell_of, representatives
from yanzhen.engines.columnar.plan import compile_plan
from yanzhen.engines.columnar.vector import run

FEN = Decimal("0.01")
RULES = {
    "share": clause(["tax / revenue >= 0.05"]),
    "more": clause(["tax / revenue > 0.05"]),
    "just": clause(["tax / revenue = 0.05"]),
    "third": clause(["tax / revenue <= 1 / 3"]),
    "growth": clause(["(revenue - tax) / tax >= 0.2"]),
    "product": clause(["tax * revenue >= 3000000000000000000"]),
    "linear": clause(["3 * tax - revenue * 0.15 >= 0"]),
    "columns": clause(["tax > revenue"]),
    "middle": clause(["tax / revenue in (0.05..0.1]"]),
    "amount": clause(["tax >= 0"], amount="tax * 0.0125"),
    "split": clause(["revenue != 0"], amount="tax / revenue / 8"),
}


def verdicts(rows):
    plan = compile_plan(book(RULES), list(RULES))
    return run(plan, frame(*rows))


def around(revenue: Decimal, share: Decimal) -> list[dict[str, Decimal]]:
    """Enterprises whose tax is that share of their revenue, a fen less and a fen more."""
    tax = revenue * share
    return [{"revenue": revenue, "tax": tax + shift} for shift in (-FEN, Decimal(0), FEN)]


@pytest.mark.parametrize(
    "revenue",
    [
        Decimal("0.20"),
        Decimal("333.40"),
        Decimal("12345678901.20"),
        Decimal("2000000000000000.00"),
        Decimal("9999999999999999.80"),
    ],
)
def test_a_share_at_its_threshold(revenue):
    result = verdicts(around(revenue, Decimal("0.05")))

    assert result.verdicts["share"].tolist() == [0, 1, 1]
    assert result.verdicts["more"].tolist() == [0, 0, 1]
    assert result.verdicts["just"].tolist() == [0, 1, 0]
    assert result.verdicts["linear"].tolist() == [0, 1, 1]
    assert result.verdicts["middle"].tolist() == [0, 0, 1]


def test_growth_by_exactly_a_fifth_of_great_amounts():
    tax, revenue = Decimal("833333333333333.35"), Decimal("1000000000000000.02")
    rows = [{"tax": tax, "revenue": revenue + shift} for shift in (-FEN, 0, FEN)]

    assert verdicts(rows).verdicts["growth"].tolist() == [0, 1, 1]


def test_a_product_at_its_threshold():
    rows = [
        {"tax": Decimal("1500000000.00"), "revenue": Decimal("2000000000.00") + shift}
        for shift in (-FEN, 0, FEN)
    ]

    assert verdicts(rows).verdicts["product"].tolist() == [0, 1, 1]


def test_neighbours_beyond_the_exact_floats_are_told_apart():
    great = Decimal("9007199254740993.01")
    rows = [{"tax": great + shift, "revenue": great} for shift in (-FEN, 0, FEN)]

    assert verdicts(rows).verdicts["columns"].tolist() == [0, 0, 1]


def test_a_sum_beyond_the_exact_floats_is_told_from_its_neighbour():
    rules = book({"enough": "revenue + tax >= 180143985094819.81"})
    plan = compile_plan(rules, ["enough"])
    rows = [
        {"revenue": Decimal("90071992547409.91"), "tax": Decimal("90071992547409.90") + shift}
        for shift in (-FEN, 0)
    ]

    result = run(plan, frame(*rows))

    assert result.to_table()["enough"].to_pylist() == [False, True]


def test_a_quotient_that_the_interpreter_rounds_is_compared_as_rounded():
    # 1 / 3 is 34 digits of 3 in the interpreter, and so is 0.01 / 0.03
    rows = [
        {"tax": FEN, "revenue": 3 * FEN},
        {"tax": Decimal(10**9), "revenue": Decimal(3 * 10**9)},
    ]

    assert verdicts(rows).verdicts["third"].tolist() == [1, 1]


def test_amounts_at_half_a_fen_are_rounded_up():
    # 0.0125 of 0.40 yuan is exactly half a fen
    result = verdicts(
        [{"tax": Decimal("0.40")}, {"tax": Decimal("0.39")}, {"tax": Decimal("1.20")}]
    )

    assert result.amounts["amount"].fen.tolist() == [1, 0, 2]


def test_amounts_by_division_at_half_a_fen_are_rounded_up():
    # 0.04 / 1 / 8 is exactly half a fen
    rows = [{"tax": Decimal("0.04"), "revenue": 1}, {"tax": Decimal("0.12"), "revenue": 3}]

    assert verdicts(rows).amounts["split"].fen.tolist() == [1, 1]


fen = st.integers(1, 10**17).map(lambda units: units * FEN)


@settings(max_examples=150, deadline=None)
@given(revenue=st.lists(fen, min_size=1, max_size=6), share=st.sampled_from(["0.05", "0.1", "0.2"]))
def test_everything_around_thresholds_agrees_with_the_interpreter(revenue, share):
    rows = [row for one in revenue for row in around(one, Decimal(share))]
    rows = [{name: value.quantize(FEN) for name, value in row.items()} for row in rows]
    rows = [row for row in rows if abs(row["tax"]) < Decimal(10) ** 16]
    rules = book(RULES)
    facts = frame(*rows)

    assert list(map(str, compare(rules, list(RULES), facts, range(len(rows))))) == []


boundaries = st.sets(
    st.tuples(st.decimals(-100, 100, places=2), st.integers(0, 1)), min_size=1, max_size=8
).map(lambda points: tuple(sorted(points)))


@given(boundaries)
def test_each_cell_has_its_representative(points):
    values = representatives(points)

    assert [cell_of(points, value) for value in values] == list(range(len(points) + 2))


@given(boundaries, st.fractions(-100, 100, max_denominator=400))
def test_cells_grow_with_their_values(points, value):
    low = Decimal(value.numerator) / Decimal(value.denominator)
    passed = [Fraction(point) < value or (point == low and not side) for point, side in points]

    assert cell_of(points, low) - 1 == sum(passed) or Fraction(low) != value
