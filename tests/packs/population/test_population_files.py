"""The source files of a population: the same every time, in the shape of their data sets."""

import hashlib
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook

from yanzhen.kernel.errors import DataError
from yanzhen.kernel.identifiers import check_usccs
from yanzhen.packs.population import make_population, read_manifest
from yanzhen.packs.reader import read_city

CITIES = Path(__file__).resolve().parents[3] / "cities"
QUZHOU, SAMPLE = read_city(CITIES / "quzhou"), read_city(CITIES / "sample")
DAY = date(2026, 11, 23)
SIZE = 2500


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A folder with a small population of Quzhou, and its report."""
    folder = tmp_path_factory.mktemp("quzhou")
    return folder, make_population(QUZHOU, folder, size=SIZE, as_of=DAY)


def cells(path):
    """A file as columns of text; a workbook has its title above the headings."""
    if path.suffix == ".parquet":
        table = pq.read_table(path)
        return {name: table[name].cast(pa.string()).to_pylist() for name in table.column_names}
    if path.suffix == ".csv":
        table = pacsv.read_csv(path, convert_options=pacsv.ConvertOptions(strings_can_be_null=True))
        return {name: table[name].cast(pa.string()).to_pylist() for name in table.column_names}
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    return {name: [str(row[i]) or None for row in rows[2:]] for i, name in enumerate(rows[1])}


def digests(folder):
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.iterdir()}


def test_the_same_seed_gives_the_same_bytes(made, tmp_path):
    folder, _ = made

    make_population(QUZHOU, tmp_path, size=SIZE, as_of=DAY)

    assert digests(tmp_path) == digests(folder)


def test_another_seed_gives_other_bytes_in_every_file(made, tmp_path):
    _, report = made

    other = make_population(QUZHOU, tmp_path, size=SIZE, seed=7, as_of=DAY)

    filled = {file.sha256 for file in report.files if file.rows > 1}
    assert len(filled) > 20
    assert not filled & {file.sha256 for file in other.files}


@pytest.mark.parametrize("dataset", list(QUZHOU.datasets))
def test_every_data_set_has_a_file_with_its_headings(made, dataset):
    folder, report = made

    (file,) = [file for file in report.files if file.dataset == dataset]

    columns = cells(folder / file.file)
    assert list(columns) == [column.name for column in QUZHOU.datasets[dataset].columns]
    assert {len(values) for values in columns.values()} == {file.rows}


def test_three_kinds_of_file_are_written_and_each_reads_back(made):
    folder, report = made

    suffixes = {Path(file.file).suffix for file in report.files}

    assert suffixes == {".parquet", ".csv", ".xlsx"}
    assert (folder / "customs.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_the_manifest_says_what_the_files_are(made):
    folder, report = made

    kept, _ = read_manifest(folder)

    assert kept == report
    for file in kept.files:
        assert hashlib.sha256((folder / file.file).read_bytes()).hexdigest() == file.sha256


def test_each_data_set_speaks_of_its_last_full_cycle_and_two_are_late(made):
    _, report = made
    days = {file.dataset: (file.as_of, file.received_on) for file in report.files}

    late = [
        file.dataset
        for file in report.files
        if (DAY - file.as_of).days > QUZHOU.datasets[file.dataset].freshness
    ]

    assert days["tax_annual"] == (date(2025, 12, 31), date(2026, 6, 4))
    assert days["tax_monthly"] == (date(2026, 10, 31), date(2026, 11, 12))
    assert days["registration"] == (date(2026, 11, 22), date(2026, 11, 23))
    assert sorted(late) == ["environment", "water_gas"]


def test_unified_codes_are_good_but_for_the_planted_ones(made):
    folder, _ = made
    given: Any = pq.read_table(folder / "registration.parquet")["统一社会信用代码"]
    whole = given.filter(pc.match_substring_regex(given, "^[0-9A-Z]{18}$")).to_pylist()

    found = check_usccs(whole)

    assert found.shape_ok.all()
    assert found.inner_check_ok.all()
    assert (~found.check_ok).sum() == QUZHOU.demo["dirt"]["failing_check"]
    assert {code[:2] for code in whole} == {"91", "92", "93"}


def test_old_registration_numbers_have_good_check_digits(made):
    folder, _ = made
    column: Any = pq.read_table(folder / "registration.parquet")["旧注册号"]
    numbers = column.drop_null().to_pylist()

    sums = [_mod_11_10(number) for number in numbers]

    assert len(numbers) > SIZE // 10
    assert set(sums) == {1}


def _mod_11_10(number):
    """ISO 7064: a number with its check digit leaves 1."""
    rest = 10
    for digit in number[:-1]:
        rest = ((rest + int(digit)) % 10 or 10) * 2 % 11
    return (rest + int(number[-1])) % 10


def test_untidy_rows_are_few_and_of_every_kind(made):
    folder, report = made
    rows = next(file.rows for file in report.files if file.dataset == "tax_monthly")
    given = pq.read_table(folder / "tax_monthly.parquet")["统一社会信用代码"].to_pylist()

    def count(fits):
        return sum(map(fits, given))

    assert count(lambda code: " " in code) == rows // 100
    assert 0 < count(lambda code: code != code.upper()) <= rows // 100
    assert count(lambda code: any(ord(c) > 0xFF00 for c in code)) == rows // 100
    assert count(lambda code: len(code) == 9) == rows // 100
    assert count(lambda code: len(code) == 15) > 0


def test_days_written_with_points_stand_among_the_others(made):
    folder, _ = made

    column: Any = pq.read_table(folder / "registration.parquet")["成立日期"]
    days = column.to_pylist()

    dotted = [day for day in days if "." in day]
    assert len(dotted) == len(days) // 100
    assert {len(day) for day in days} == {10}


@pytest.mark.parametrize("dataset", list(QUZHOU.datasets))
def test_values_lie_in_the_limits_and_lists_of_their_columns(made, dataset):
    folder, report = made
    (file,) = [file for file in report.files if file.dataset == dataset]
    columns = cells(folder / file.file)
    refused = QUZHOU.demo["dirt"]["refused"]

    for column in QUZHOU.datasets[dataset].columns:
        known = [value for value in columns[column.name] if value is not None]
        if column.codes:
            assert sum(value not in column.codes for value in known) <= refused
        if column.type in {"integer", "number", "money"} and known:
            numbers = np.array(known, dtype=np.float64)
            least, most = column.minimum, column.maximum
            assert least is None or numbers.min() >= float(least), column.name
            assert most is None or numbers.max() <= float(most), column.name


def test_amounts_come_in_the_unit_of_the_column(made):
    folder, _ = made
    tax, register = (
        pq.read_table(folder / f"{name}.parquet") for name in ("tax_annual", "registration")
    )

    in_yuan = pc.quantile(tax["营业收入"].cast(pa.float64()), 0.5)[0].as_py()
    in_wan = pc.quantile(register["注册资本"].cast(pa.float64()), 0.5)[0].as_py()

    assert 1e5 < in_yuan < 1e8
    assert 1 < in_wan < 1000
    assert register["注册资本"].type == pa.decimal128(18, 2)


def test_an_interrupted_population_is_made_anew(made, tmp_path):
    folder, _ = made
    (tmp_path / "banking.parquet.part").write_bytes(b"half")
    (tmp_path / "land.parquet").write_bytes(b"old")

    make_population(QUZHOU, tmp_path, size=SIZE, as_of=DAY)

    assert digests(tmp_path) == digests(folder)


def test_a_finished_population_is_left_alone_until_a_file_is_harmed(tmp_path):
    steps = []
    first = make_population(SAMPLE, tmp_path, as_of=DAY)
    before = (tmp_path / "registration.csv").stat().st_mtime_ns

    again = make_population(
        SAMPLE, tmp_path, as_of=DAY, progress=lambda done, of, _: steps.append((done, of))
    )
    untouched = (tmp_path / "registration.csv").stat().st_mtime_ns
    (tmp_path / "registration.csv").write_bytes(b"spoiled")
    mended = make_population(SAMPLE, tmp_path, as_of=DAY)

    assert again == first
    assert untouched == before
    assert steps == [(8, 8)]
    assert mended == first


def test_progress_names_every_step_in_order(tmp_path):
    told = []

    make_population(SAMPLE, tmp_path, as_of=DAY, progress=lambda *step: told.append(step))

    assert [done for done, _, _ in told] == list(range(9))
    assert {of for _, of, _ in told} == {8}
    assert [what for _, _, what in told[1:7]] == [d.label.zh for d in SAMPLE.datasets.values()]


def test_a_fact_that_nobody_described_gets_plausible_values(tmp_path):
    banking = SAMPLE.datasets["banking"]
    plain = replace(banking.columns[2], fact=None, minimum=None, maximum=None)
    more = (
        replace(plain, name="担保方式", type="text", codes=("信用", "抵押")),
        replace(plain, name="续贷次数", type="integer", minimum=Decimal(3), maximum=Decimal(5)),
        replace(plain, name="授信额度", type="money", unit="万元"),
        replace(plain, name="授信日期", type="date"),
        replace(plain, name="白名单", type="boolean"),
        replace(plain, name="说明", type="text"),
    )
    wider = replace(banking, columns=banking.columns + more)
    city = replace(SAMPLE, datasets={**SAMPLE.datasets, "banking": wider})

    make_population(city, tmp_path, as_of=DAY)

    table = pq.read_table(tmp_path / "banking.parquet")
    assert set(table["担保方式"].drop_null().to_pylist()) >= {"信用", "抵押"}
    assert set(table["续贷次数"].drop_null().to_pylist()) == {3, 4, 5}
    assert pc.min(table["授信额度"]).as_py() >= 0
    assert pc.max(table["授信日期"]).as_py() < DAY
    assert set(table["白名单"].drop_null().to_pylist()) == {True, False}
    assert table["说明"].null_count == table.num_rows


def test_a_population_too_small_is_refused(tmp_path):
    with pytest.raises(DataError, match="at least 500"):
        make_population(QUZHOU, tmp_path, size=100, as_of=DAY)


def test_a_city_without_a_plan_is_refused(tmp_path):
    with pytest.raises(DataError, match=r"sample has no demo\.yaml"):
        make_population(replace(SAMPLE, demo={}), tmp_path, as_of=DAY)


def test_a_wrong_plan_is_refused_by_key(tmp_path):
    files = {**SAMPLE.demo["files"], "banking": {"who": {"everybody": 1000}}}
    city = replace(SAMPLE, demo={**SAMPLE.demo, "files": files})

    with pytest.raises(DataError, match=r"files\.banking\.who\.everybody is no cohort"):
        make_population(city, tmp_path, as_of=DAY)
