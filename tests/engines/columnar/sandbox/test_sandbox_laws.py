"""Laws of comparing two versions of rules."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engines.columnar.column_books import book, clause, frame

from yanzhen.engines.columnar.plan import compile_plan
from yanzhen.engines.columnar.sandbox.edits import with_amount, with_constant, with_threshold
from yanzhen.engines.columnar.sandbox.sandbox import Sandbox, StoppedError, Watch
from yanzhen.engines.columnar.vector import run
from yanzhen.kernel.errors import DecisionError

RULES = book(
    {
        "p/base": clause(["revenue >= 2 * 万", "staff > 3"], ["listed"], "revenue * 0.05"),
        "p/more": clause(['sector = "C"'], amount="min(tax, 5000)"),
        "q/other": clause(["is_small"]),
        "q/pays": clause(["revenue > 0"], amount="tax / 3"),
        "is_small": "staff < 10",
    },
    {"is_small": "boolean"},
)
CLAUSES = ["p/base", "p/more", "q/other", "q/pays"]
MIRRORED = {"winners": "losers", "newly_unknown": "newly_known", "more": "less"}
money = st.none() | st.decimals(-(10**6), 10**7, places=2)
rows = st.lists(
    st.fixed_dictionaries(
        {
            "revenue": money | st.sampled_from([Decimal(20000), Decimal(30000)]),
            "tax": money,
            "staff": st.none() | st.integers(0, 12),
            "sector": st.sampled_from(["C", "D", None]),
            "county": st.sampled_from(["柯城", "衢江", "龙游", None]),
            "listed": st.sampled_from([True, False, False, None]),
        }
    ),
    max_size=30,
)
CHANGES = {
    "threshold": with_threshold(RULES, "p/base", "c1", "2 * 万", "3 * 万"),
    "amount": with_amount(RULES, "q/pays", "tax / 7"),
    "unit": with_constant(RULES, "万", 9000),
    "shared": replace(
        RULES,
        decisions={
            **RULES.decisions,
            "is_small": replace(
                RULES.decisions["is_small"],
                logic=book({"is_small": "staff < 5"}).decisions["is_small"].logic,
            ),
        },
    ),
    "gone": replace(RULES, decisions={n: d for n, d in RULES.decisions.items() if n != "p/more"}),
}
changes = st.sampled_from(sorted(CHANGES))


def sandbox(rules, table):
    return Sandbox(
        rules,
        table,
        groups={"county": table.columns["county"], "listed": table.columns["listed"]},
    )


def all_changes(comparison):
    return [comparison.total, *comparison.clauses.values()]


@given(rows, changes)
def test_each_side_is_what_a_full_run_of_its_book_gives(given_rows, change):
    table, after = frame(*given_rows), CHANGES[change]

    comparison = sandbox(RULES, table).compare(after, CLAUSES)

    for rules, side in ((RULES, "before"), (after, "after")):
        there = [name for name in CLAUSES if name in rules.decisions]
        result = run(compile_plan(rules, there), table)
        for name in there:
            held = getattr(comparison.clauses[name], side)
            assert np.array_equal(held.verdicts, result.verdicts[name])
            if name in result.amounts:
                assert np.array_equal(held.amounts.rows, result.amounts[name].rows)
                assert np.array_equal(held.amounts.fen, result.amounts[name].fen)
        total = sum(amounts.total() for amounts in result.amounts.values())
        assert getattr(comparison.total.cost, side) == total


@given(rows, changes)
def test_sums_of_the_groups_are_the_totals(given_rows, change):
    comparison = sandbox(RULES, frame(*given_rows)).compare(CHANGES[change], CLAUSES)

    for name in (None, *CLAUSES):
        one = comparison.change(name)
        for group in ("county", "listed"):
            parts = comparison.by(group, name)
            assert sum(part.rows for part in parts) == len(given_rows)
            assert sum(part.winners for part in parts) == one.counts.winners
            assert sum(part.losers for part in parts) == one.counts.losers
            assert sum(part.newly_unknown for part in parts) == one.counts.newly_unknown
            assert sum(part.recipients.after for part in parts) == one.counts.recipients.after
            assert sum(part.cost.before for part in parts) == one.cost.before
            assert sum(part.cost.after for part in parts) == one.cost.after


@given(rows)
def test_a_book_beside_itself_changes_nothing(given_rows):
    comparison = sandbox(RULES, frame(*given_rows)).compare(RULES, CLAUSES)

    assert comparison.touched == ()
    for change in all_changes(comparison):
        assert change.cost.difference == 0
        assert change.counts.unchanged == len(given_rows)
        assert not any(change.mask(sort).any() for sort in (*MIRRORED, *MIRRORED.values()))


@given(rows, changes)
def test_comparing_the_other_way_round_is_the_mirror(given_rows, change):
    table, after = frame(*given_rows), CHANGES[change]

    there = sandbox(RULES, table).compare(after, CLAUSES)
    back = sandbox(after, table).compare(RULES, CLAUSES)

    for one, other in zip(all_changes(there), all_changes(back), strict=True):
        assert one.cost.difference == -other.cost.difference
        assert one.counts.unchanged == other.counts.unchanged
        for sort, mirrored in MIRRORED.items():
            assert np.array_equal(one.rows(sort), other.rows(mirrored))
            assert np.array_equal(one.rows(mirrored), other.rows(sort))


@given(rows, changes)
def test_recipients_move_by_winners_and_losers(given_rows, change):
    comparison = sandbox(RULES, frame(*given_rows)).compare(CHANGES[change], CLAUSES)

    for one in all_changes(comparison):
        counts = one.counts
        moved = counts.winners - counts.losers
        assert counts.recipients.after - counts.recipients.before == moved
        moved = counts.newly_unknown - counts.newly_known
        assert counts.unknown.after - counts.unknown.before == moved
        assert len(one.rows("winners")) == counts.winners


@given(rows)
def test_a_sweep_says_the_same_as_each_comparison(given_rows):
    box = sandbox(RULES, frame(*given_rows))
    texts = ["1 * 万", "2 * 万", "50000"]

    points = box.sweep_threshold("p/base", "c1", "2 * 万", texts, CLAUSES)

    for text, point in zip(texts, points, strict=True):
        changed = with_threshold(RULES, "p/base", "c1", "2 * 万", text)
        alone = box.compare(changed, CLAUSES).summary()
        assert (point.value, point.summary.counts, point.summary.cost) == (
            text,
            alone.counts,
            alone.cost,
        )


def test_only_what_reads_the_change_is_touched():
    box = sandbox(RULES, frame({"revenue": Decimal(1)}))

    touched = {name: box.compare(changed, CLAUSES).touched for name, changed in CHANGES.items()}

    assert touched == {
        "threshold": ("p/base",),
        "amount": ("q/pays",),
        "unit": ("p/base",),
        "shared": ("q/other",),
        "gone": ("p/more",),
    }


def test_overlap_counts_pairs_within_the_policy_and_beyond():
    rich = {
        "revenue": Decimal(25000),
        "staff": 5,
        "listed": False,
        "tax": Decimal(9),
        "sector": "C",
    }
    table = frame(rich, {**rich, "sector": "D"})

    overlap = sandbox(RULES, table).compare(CHANGES["threshold"], CLAUSES).overlap("p/base")

    assert (overlap.recipients.before, overlap.recipients.after) == (2, 0)
    assert (overlap.same_group.before, overlap.others.before) == (1, 2)
    assert {name: pair.before for name, pair in overlap.pairs.items()} == {
        "p/more": 1,
        "q/other": 2,
        "q/pays": 2,
    }


def test_a_comparison_can_be_watched_and_stopped():
    seen = []
    box = sandbox(RULES, frame({"revenue": Decimal(1)}))

    box.compare(RULES, CLAUSES, Watch(progress=lambda done, rows: seen.append((done, rows))))

    assert seen == [(1, 1)]
    with pytest.raises(StoppedError):
        box.compare(CHANGES["unit"], CLAUSES, Watch(stopped=lambda: True))


def test_what_cannot_be_compared_is_refused_with_its_reason():
    rules = book({"a/x": clause(["staff > 1"]), "n": "staff + 1"})
    table = frame({"staff": 2})
    box = Sandbox(rules, table)

    comparison = box.compare(rules, ["a/x", "n"])

    assert list(comparison.clauses) == ["a/x"]
    assert "gives no yes or no" in comparison.refused["n"]
    with pytest.raises(DecisionError, match="neither version has a decision 'z'"):
        box.compare(rules, ["z"])
    with pytest.raises(DecisionError, match="has no group 'county'"):
        comparison.by("county")
