"""What the files add up to, and whether the people in them make sense."""

import resource
import time
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from yanzhen.kernel.industries import name_of, parse_industry
from yanzhen.packs.population import check_figures, make_population, showcase
from yanzhen.packs.population.read_back import ReadBack
from yanzhen.packs.reader import read_city

CITIES = Path(__file__).resolve().parents[3] / "cities"
QUZHOU, SAMPLE = read_city(CITIES / "quzhou"), read_city(CITIES / "sample")
DAY = date(2026, 11, 23)
SIZE = 5000


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("quzhou")


@pytest.fixture(scope="module")
def report(folder):
    return make_population(QUZHOU, folder, size=SIZE, as_of=DAY)


@pytest.fixture(scope="module")
def facts(folder, report):
    return ReadBack(QUZHOU, folder, report.files)


def texts(facts, fact):
    return np.array(facts.texts(fact).fill_null("").to_pylist())


def days(facts, fact):
    """Days as text that sorts; empty where there is none."""
    return np.strings.replace(texts(facts, fact), ".", "-")


def test_every_published_figure_holds_at_a_small_size(report):
    checks = check_figures(report, QUZHOU)

    assert [check.id for check in checks if not check.ok] == []
    assert report.figures["entities"] == SIZE
    assert report.figures["above_scale_industry"] == 40


def test_figures_are_counted_from_the_files(folder, report, tmp_path):
    for file in folder.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    other = make_population(QUZHOU, tmp_path, size=SIZE, seed=3, as_of=DAY)

    assert other.figures != report.figures
    assert other.figures["small_output"].quantize(Decimal("0.001")) == Decimal("0.430")


def test_a_missed_figure_is_reported(report):
    wanted = {"id": "private_tax", "label": "税", "value": "0.2", "tolerance": "0.01"}
    city = replace(QUZHOU, demo={**QUZHOU.demo, "figures": [wanted]})

    (check,) = check_figures(report, city)

    assert not check.ok
    assert check.wanted == Decimal("0.2")
    assert check.found == report.figures["private_tax"]


def test_titles_rest_on_those_below(facts):
    giant, srdi, innovative = map(facts.flags, ("little_giant", "srdi_sme", "innovative_sme"))
    science = facts.flags("hitech") | facts.flags("tech_sme_listed")
    known = facts.known("tech_sme_listed")

    assert giant.sum() >= 4
    assert not (giant & ~srdi).any()
    assert not (srdi & ~innovative).any()
    assert not (innovative & known & ~science).any()


def test_nobody_is_listed_or_closed_before_being_founded(facts):
    founded, listed, closed = (
        days(facts, f) for f in ("founded_on", "first_listed_on", "closed_on")
    )

    assert (founded != "").all()
    assert (founded[listed != ""] < listed[listed != ""]).all()
    assert (founded[closed != ""] <= closed[closed != ""]).all()
    assert max([*founded.tolist(), *listed.tolist(), *closed.tolist()]) < DAY.isoformat()


def test_upgraded_enterprises_follow_a_closed_individual_business(facts):
    codes = np.array(facts.codes())
    before = texts(facts, "predecessor")
    rows = np.flatnonzero(before != "")
    places = {code: i for i, code in enumerate(codes.tolist())}
    olds = np.array([places[code] for code in before[rows].tolist()])

    assert len(rows) >= 10
    assert set(texts(facts, "entity_kind")[rows]) == {"企业"}
    assert set(texts(facts, "entity_kind")[olds]) == {"个体工商户"}
    assert set(texts(facts, "status")[olds]) == {"注销"}
    assert (days(facts, "closed_on")[olds] == days(facts, "founded_on")[rows]).all()


def test_individual_businesses_mostly_have_no_yearly_tax_return_and_no_research(facts):
    individual = texts(facts, "entity_kind") == "个体工商户"

    assert facts.known("revenue")[individual].mean() < 0.03
    assert facts.known("monthly_sales")[individual].mean() > 0.4
    # but for the few whose code stands in somebody else's row
    others = QUZHOU.demo["dirt"]["other_code"]
    assert facts.known("rd_expense")[individual].sum() <= others


def test_some_enterprises_miss_single_facts_of_a_return(facts):
    returned = facts.known("revenue_prev") & facts.known("total_cost")

    lacking = returned & ~facts.known("average_assets")

    assert 0 < lacking.sum() < 0.05 * returned.sum()


def test_every_county_and_zone_has_enterprises_and_towns_lie_in_their_county(facts):
    district, town = texts(facts, "district"), texts(facts, "town")
    zone = texts(facts, "zone")

    assert set(district) == {"330802", "330803", "330822", "330824", "330825", "330881"}
    assert Counter(district.tolist()).most_common(1)[0][0] == "330802"
    assert (np.strings.slice(town[town != ""], 0, 6) == district[town != ""]).all()
    assert set(zone) == {"", "Q-ZZXC", "Q-ZHXC"}
    assert set(district[zone != ""]) == {"330802"}


def test_industries_are_known_classes_of_their_section(facts):
    for code, section in set(zip(texts(facts, "industry"), texts(facts, "sector"), strict=True)):
        assert parse_industry(code).section == section
        assert name_of(code[:2]) is not None


def test_no_two_entities_share_a_name(facts):
    names = texts(facts, "name")

    assert len(set(names.tolist())) == len(names)


def test_revenue_goes_with_staff_power_and_tax(facts):
    known = facts.known("revenue") & facts.known("employees") & facts.known("power_use")
    known &= facts.known("tax_paid") & (texts(facts, "entity_kind") == "企业")
    logs = [
        np.log1p(facts.numbers(fact)[known])
        for fact in ("revenue", "employees", "power_use", "tax_paid")
    ]

    correlations = np.corrcoef(logs)[0, 1:]

    assert known.sum() > 200
    assert (correlations > 0.4).all()


def test_something_happened_this_year(facts):
    listed, giant = days(facts, "first_listed_on"), days(facts, "little_giant_on")

    assert np.strings.startswith(listed, "2026").sum() >= 3
    assert np.strings.startswith(giant, "202").sum() == facts.flags("little_giant").sum()


def test_on_another_day_the_people_have_moved_on(tmp_path):
    made = make_population(QUZHOU, tmp_path, size=2000, as_of=date(2030, 5, 6))

    facts = ReadBack(QUZHOU, tmp_path, made.files)
    listed, founded = days(facts, "first_listed_on"), days(facts, "founded_on")

    assert np.strings.startswith(listed, "2030").sum() >= 2
    assert np.strings.startswith(founded, "2030").sum() >= 20
    assert {file.as_of for file in made.files if file.dataset == "tax_annual"} == {
        date(2029, 12, 31)
    }


@given(st.integers(0, 2**31), st.integers(500, 900))
@hypothesis_settings(max_examples=6)
def test_any_seed_and_size_gives_so_many_entities_with_codes_of_their_own(seed, size):
    with TemporaryDirectory() as name:
        made = make_population(QUZHOU, Path(name), size=size, seed=seed, as_of=DAY)
        codes = ReadBack(QUZHOU, Path(name), made.files).codes()

    assert len(codes) == len(set(codes)) == size
    assert made.figures["above_scale_industry"] == 40


def test_showcase_is_three_living_enterprises_that_differ(folder, report, facts):
    chosen = showcase(QUZHOU, folder)
    rows = [facts.codes().index(code) for code in chosen]

    above, revenue = facts.flags("above_scale")[rows], facts.numbers("main_revenue")[rows]
    missing = [
        ~facts.known(fact)[rows[1]] for fact in ("total_assets", "rd_staff", "insured_employees")
    ]

    assert len(set(chosen)) == 3
    assert set(texts(facts, "status")[rows]) == {"存续"}
    assert above.tolist() == [True, False, False]
    assert any(missing)
    assert 0.88 * 2e7 <= revenue[2] < 2e7
    assert showcase(QUZHOU, folder) == chosen
    assert report.city == "quzhou"


def test_the_sample_city_makes_its_own_people(tmp_path):
    made = make_population(SAMPLE, tmp_path, as_of=DAY)

    checks = check_figures(made, SAMPLE)
    names = ReadBack(SAMPLE, tmp_path, made.files).texts("name")

    assert [check.id for check in checks if not check.ok] == []
    assert not pc.any(pc.match_substring(names, "衢")).as_py()
    assert len(showcase(SAMPLE, tmp_path)) == 3


@pytest.mark.slow
def test_the_full_population_is_quick_and_every_published_figure_holds(tmp_path):
    started = time.perf_counter()

    made = make_population(QUZHOU, tmp_path, as_of=DAY)

    seconds = time.perf_counter() - started
    checks = check_figures(made, QUZHOU)
    register = ReadBack(QUZHOU, tmp_path, made.files)
    assert [check.id for check in checks if not check.ok] == []
    assert made.figures["entities"] == 204_100
    assert made.figures["private_entities"] == 200_120
    assert made.figures["above_scale_industry"] == 1047
    assert made.figures["small_industry"] == 869
    assert len(set(register.codes())) == 204_100
    assert pa.compute.count_distinct(register.texts("name")).as_py() > 203_000
    assert seconds < 60
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 2 * 1024 * 1024
