"""Columns of codes say the same as single codes, and fast."""

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yanzhen.kernel.errors import CellError, DataError
from yanzhen.kernel.identifiers import (
    check_usccs,
    make_uscc,
    make_usccs,
    parse_uscc,
    spell_organization_bodies,
)
from yanzhen.kernel.identifiers.uscc import ALPHABET

bodies = st.lists(st.text(ALPHABET, min_size=8, max_size=8), min_size=1, max_size=20)
texts = st.lists(st.text(ALPHABET + "IOZ李", min_size=0, max_size=20), min_size=1, max_size=20)


def shape_ok(code: str) -> bool:
    try:
        return parse_uscc(code).code == code
    except CellError:
        return False


@given(bodies)
def test_a_column_is_made_as_each_code_is(column):
    made = make_usccs("9", "2", "330802", column).tolist()

    assert made == [make_uscc("9", "2", "330802", body) for body in column]


@given(texts)
def test_a_column_is_checked_as_each_code_is(column):
    found = check_usccs(column)

    assert found.shape_ok.tolist() == [shape_ok(code) for code in column]


@given(bodies, st.integers(0, 17), st.sampled_from(ALPHABET))
def test_both_checks_of_a_column_are_those_of_each_code(column, place, other):
    codes = [
        code[:place] + other + code[place + 1 :] for code in make_usccs("9", "1", "330881", column)
    ]

    found = check_usccs(codes)

    assert found.check_ok.tolist() == [parse_uscc(code).check_ok for code in codes]
    assert found.inner_check_ok.tolist() == [parse_uscc(code).inner_check_ok for code in codes]


def test_parts_may_differ_by_row():
    made = make_usccs(["9", "1"], ["1", "1"], ["330000", "330800"], ["70420455", "00261890"])

    assert made.tolist() == ["91330000704204554C", "11330800002618904J"]


@given(st.lists(st.integers(0, 31**5 - 1), min_size=1, max_size=50, unique=True))
def test_different_serials_give_different_bodies(serials):
    spelled = spell_organization_bodies(serials, prefix="MA2").tolist()

    assert len(set(spelled)) == len(serials)
    assert all(body.startswith("MA2") and len(body) == 8 for body in spelled)


def test_serials_beyond_the_room_are_refused():
    with pytest.raises(DataError) as raised:
        spell_organization_bodies([31**5], prefix="MA2")

    assert str(raised.value) == "serials must lie in 0..28629150 behind the prefix 'MA2'"


@pytest.mark.parametrize(
    ("region", "org8", "message"),
    [
        (["330802", "3308"], ["70420455", "70420455"], "row 1: '3308' should have 6 characters"),
        (
            ["330802"],
            ["7042O455"],
            f"row 0: '913308027042O455' has a character outside {ALPHABET}",
        ),
    ],
)
def test_wrong_parts_are_named_by_row(region, org8, message):
    with pytest.raises(DataError) as raised:
        make_usccs("9", "1", region, org8)

    assert str(raised.value) == message


def test_an_empty_column_is_checked_too():
    assert check_usccs(np.array([], dtype="<U18")).shape_ok.tolist() == []


def test_two_hundred_thousand_codes_are_made_and_checked_in_a_second():
    serials = np.arange(200_000)
    begin = time.process_time()

    codes = make_usccs("9", "1", "330802", spell_organization_bodies(serials, prefix="MA2"))
    found = check_usccs(codes)

    assert time.process_time() - begin < 1.0
    assert bool(found.check_ok.all())
    assert bool(found.inner_check_ok.all())
