"""Industry codes of GB/T 4754-2017 and their moves since 2011."""

import pytest

from yanzhen.kernel.errors import CellError
from yanzhen.kernel.industries import (
    SCHEME_VERSION,
    _moves,
    _names,
    division_of,
    divisions,
    is_reused,
    moves_from,
    name_of,
    parse_industry,
    section_of,
    sections,
)

RANGES = {
    "A": (1, 5),
    "B": (6, 12),
    "C": (13, 43),
    "D": (44, 46),
    "E": (47, 50),
    "F": (51, 52),
    "G": (53, 60),
    "H": (61, 62),
    "I": (63, 65),
    "J": (66, 69),
    "K": (70, 70),
    "L": (71, 72),
    "M": (73, 75),
    "N": (76, 79),
    "O": (80, 82),
    "P": (83, 83),
    "Q": (84, 85),
    "R": (86, 90),
    "S": (91, 96),
    "T": (97, 97),
}


def test_there_are_twenty_sections_and_ninety_seven_divisions():
    assert [section.code for section in sections()] == list(RANGES)
    assert [division.code for division in divisions()] == [f"{n:02}" for n in range(1, 98)]


@pytest.mark.parametrize(("section", "span"), RANGES.items())
def test_each_section_has_its_divisions(section, span):
    first, last = span

    assert [division.code for division in divisions(section)] == [
        f"{n:02}" for n in range(first, last + 1)
    ]


@pytest.mark.parametrize("written", ["C2641", "2641", "c2641", "Ｃ２６４１", " C 2641 "])
def test_a_class_is_read_with_or_without_its_letter(written):
    read = parse_industry(written)

    assert (read.code, read.section, read.division, read.level) == ("2641", "C", "26", "class")
    assert read.full_code == "C2641"
    assert read.name == "涂料制造"
    assert read.scheme_version == SCHEME_VERSION


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("C", "制造业"),
        ("26", "化学原料和化学制品制造业"),
        ("22", "造纸和纸制品业"),
        ("2032", "木门窗制造"),
        ("3312", "金属门窗制造"),
        ("3595", "社会公共安全设备及器材制造"),
        ("3353", "安全、消防用金属制品制造"),
        ("3451", "滚动轴承制造"),
        ("3821", "变压器、整流器和电感器制造"),
        ("3823", "配电开关控制设备制造"),
        ("2221", "机制纸及纸板制造"),
        ("176", "针织或钩针编织物及其制品制造"),
        ("182", "针织或钩针编织服装制造"),
        ("7010", "房地产开发经营"),
        ("7020", "物业管理"),
        ("5910", "装卸搬运"),
        ("0164", "茶叶种植"),
    ],
)
def test_names_of_the_standard(code, name):
    assert name_of(code) == name


def test_a_class_that_is_not_listed_is_known_by_its_group():
    read = parse_industry("2649")

    assert read.name is None
    assert read.nearest_name == "涂料、油墨、颜料及类似产品制造"
    assert parse_industry("C").nearest_name == "制造业"


def test_section_and_division_of_a_code():
    assert (section_of("6513"), division_of("6513")) == ("I", "65")
    assert (section_of("I"), division_of("I")) == ("I", None)


@pytest.mark.parametrize(
    ("code", "above", "inside"),
    [
        ("2641", "26", True),
        ("2641", "C", True),
        ("C", "26", False),
        ("26", "2641", False),
        ("3312", "C33", True),
    ],
)
def test_a_code_lies_in_what_is_above_it(code, above, inside):
    assert parse_industry(code).is_in(above) is inside


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("D2641", "行业代码“D2641”的门类应为 C，不是 D：请核对"),
        ("98", "行业代码“98”的大类 98 不存在：请按 GB/T 4754-2017 核对"),
        (
            "26411",
            "“26411”不是行业代码：请填 2 至 4 位数字，可带门类字母，如 C2641（GB/T 4754-2017）",
        ),
        ("", "“”不是行业代码：请填 2 至 4 位数字，可带门类字母，如 C2641（GB/T 4754-2017）"),
        ("Z", "“Z”不是行业代码：请填 2 至 4 位数字，可带门类字母，如 C2641（GB/T 4754-2017）"),
    ],
)
def test_what_is_no_industry_code_says_what_to_write(written, message):
    with pytest.raises(CellError) as raised:
        parse_industry(written)

    assert str(raised.value) == message


def test_dyes_moved_and_their_code_means_something_else_now():
    moves = moves_from("2644")

    assert [(move.old_name, move.new_code) for move in moves] == [("染料制造", "2645")]
    assert name_of("2644") == "工艺美术颜料制造"
    assert is_reused("2644")


def test_information_chemicals_were_divided():
    assert [move.new_code for move in moves_from("2664")] == ["2664", "2665"]


def test_a_code_that_kept_its_meaning_has_no_moves():
    assert moves_from("2641") == ()
    assert not is_reused("2641")


def test_every_move_ends_at_a_listed_name():
    assert [move for move in _moves() if name_of(move.new_code) != move.new_name] == []


def test_every_listed_code_has_its_group_and_division_listed():
    codes = [code for code in _names() if code.isdigit()]

    orphans = [code for code in codes if len(code) > 2 and code[:-1] not in _names()]

    assert orphans == []
