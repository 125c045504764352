"""``yanzhen decide`` in its three forms, and what it says when it is asked wrongly."""

import json

import pytest
from tests.sample_site import DAY

CLAUSE = "listing/first_listing"


@pytest.fixture
def quzhou(root):
    return root / "cities" / "quzhou"


@pytest.fixture
def decide_given(yanzhen, quzhou):
    """Decide on lines of facts; the answers as objects."""

    def run(decision, lines, *options):
        text = "\n".join(x if isinstance(x, str) else json.dumps(x) for x in lines)
        done = yanzhen(
            "decide", "--decision", decision, "--facts", "-", "--city", quzhou, *options, given=text
        )
        assert done.exit_code == 0, done.output
        return [json.loads(line) for line in done.stdout.splitlines()]

    return run


TAX = {"限制禁止行业": False, "全年平均从业人数": 100, "全年平均资产总额": "20000000"}


@pytest.mark.parametrize(
    ("day", "tax"), [("2019-12-31", 150000), ("2021-12-31", 125000), ("2023-12-31", 100000)]
)
def test_the_day_picks_the_rules(decide_given, day, tax):
    (answer,) = decide_given(
        "small_low_profit_tax", [TAX | {"应纳税所得额": "2000000"}], "--on", day
    )

    assert (answer["value"], answer["missing"]) == (tax, [])


def test_the_version_in_force_is_named(decide_given):
    old, new = (
        decide_given("sme_size", [{}], "--on", day)[0]["version"]
        for day in ("2012-01-01", "2026-11-23")
    )

    assert old <= new


def test_facts_go_by_id_or_label_and_numbers_by_text_or_digits(decide_given):
    by_label = TAX | {"应纳税所得额": 2000000}
    by_id = {
        "restricted_industry": "否",
        "average_employees": "100",
        "average_assets": 20000000.00,
        "taxable_income": "2000000.00",
    }

    first, second = decide_given("小型微利企业所得税", [by_label, by_id], "--on", "2019-12-31")

    assert first == second
    assert first["decision"] == "small_low_profit_tax"


def test_a_fact_that_is_not_given_is_named(decide_given):
    (answer,) = decide_given("small_low_profit_tax", [TAX], "--on", "2023-12-31")

    assert (answer["value"], answer["missing"]) == (None, ["taxable_income"])


def test_a_bad_line_is_answered_in_its_place_and_the_others_go_on(decide_given):
    good = TAX | {"应纳税所得额": "2000000"}
    broken = ['{"a": 1', "[1]", "", '{"应纳税所得额": NaN}']
    wrong = [{"nope": 1}, {"应纳税所得额": "x"}]
    lines = [good, *broken, *wrong, good]

    answers = decide_given("small_low_profit_tax", lines, "--on", "2023-12-31")

    messages = [answer["error"]["message"] for answer in answers[1:-1]]
    assert answers[0] == answers[-1]
    assert [message.split(":")[0] for message in messages] == [
        "the line is not JSON",
        'expected an object of names and values, such as {"revenue"',
        "NaN is not a number that JSON knows; leave a missing fact out",
        "nope",
        "应纳税所得额",
    ]


def test_bytes_that_are_no_utf_8_spoil_their_own_line_only(yanzhen, quzhou):
    lines = b'\xef\xbb\xbf{}\n{"x": "\xff"}\n{}\n'

    done = yanzhen(
        "decide", "--decision", "sme_size", "--facts", "-", "--city", quzhou, given=lines
    )

    first, second, third = map(json.loads, done.stdout.splitlines())
    assert first == third
    assert "not UTF-8" in second["error"]["message"]


def test_describe_lists_the_facts_that_are_read(yanzhen, quzhou):
    done = yanzhen("decide", "--decision", "small_low_profit_tax", "--describe", "--city", quzhou)

    assert done.exit_code == 0
    assert {"taxable_income", "restricted_industry"} <= set(done.stdout.split())


def test_an_unknown_decision_is_answered_with_near_names(yanzhen, quzhou):
    done = yanzhen("decide", "--decision", "small_low_proft", "--describe", "--city", quzhou)

    assert done.exit_code == 1
    assert "did you mean small_low_profit" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "give one of"),
        (("--all", "--uscc", "x"), "give one of"),
        (("--uscc", "x"), "go together"),
        (("--decision", "x"), "needs either --facts FILE or --describe"),
        (("--all", "--describe"), "go with --decision"),
        (("--all", "--on", "23.11.2026"), "write it as 2026-11-23"),
    ],
)
def test_a_wrong_question_says_what_to_ask(yanzhen, arguments, words):
    done = yanzhen("decide", *arguments)

    assert done.exit_code == 2
    assert words in done.stderr


def test_one_enterprise_is_explained_condition_by_condition(yanzhen, site):
    done = yanzhen("decide", "--uscc", site.usccs[0], "--policy", CLAUSE, "--on", DAY)

    assert done.exit_code == 0
    assert f"✓ 首次小升规奖励 [{CLAUSE}] · 120000" in done.stdout
    assert "  ✓ 营业收入达到规上工业门槛 （第三条）" in done.stdout
    assert "      营业收入 = 3,000 万元 · " in done.stdout
    assert "· 2025-12-31" in done.stdout
    assert "  ✓ 不属于：列入严重失信主体名单 （第八条）" in done.stdout


def test_what_is_unknown_names_the_missing_fact(yanzhen, site):
    done = yanzhen("decide", "--uscc", site.usccs[1], "--policy", "listing", "--on", DAY)

    assert f"? 首次小升规奖励 [{CLAUSE}]" in done.stdout
    assert "  缺少：营业收入" in done.stdout
    assert "营业收入 = 缺 · " in done.stdout


def test_an_unknown_code_or_policy_says_what_to_do(yanzhen, site):
    no_code = yanzhen("decide", "--uscc", "91", "--policy", "listing", "--on", DAY)
    no_policy = yanzhen("decide", "--uscc", site.usccs[0], "--policy", "listng", "--on", DAY)

    assert (no_code.exit_code, no_policy.exit_code) == (1, 1)
    assert "yanzhen data load" in no_code.stderr
    assert "did you mean listing" in no_policy.stderr


def test_everyone_is_counted_clause_by_clause(yanzhen, site):
    done = yanzhen("decide", "--all", "--on", DAY)

    lines = done.stdout.splitlines()
    counted = next(line.split() for line in lines if line.startswith(CLAUSE))
    assert counted == [CLAUSE, "3", "4", "1", "360000.00"]
    assert len({len(line) for line in lines[:-1]}) == 1
    assert lines[-2].startswith("in all")
    assert "clauses × 8 enterprises in " in lines[-1]


def test_everyone_without_a_snapshot_says_how_to_get_one(yanzhen, db):
    done = yanzhen("decide", "--all")

    assert done.exit_code == 1
    assert "yanzhen snapshot" in done.stderr
