from tests.packs.packs_help import copy_of_sample, replace_in

from yanzhen.packs.reader import check_city

# file, text to replace, its replacement, and the message and the mend that must come of it
PLANTED = (
    (
        "facts/registration.yaml",
        "  type: date\n",
        "  type: day\n",
        "“day” is not allowed here",
        "did you mean “date”?",
    ),
    (
        "datasets/banking.yaml",
        "fact: first_loan",
        "fact: first_lone",
        "there is no fact “first_lone”",
        "did you mean “first_loan”?",
    ),
    (
        "parameters/finance/guarantee_fee_rate.yaml",
        '"0.0080"',
        "0.0080",
        "the bare decimal “0.0080” would lose digits",
        'write it as text: "0.0080"',
    ),
    (
        "decisions/size/2026-01-01.yaml",
        '[">= 300", ">= 2000 * 万", ',
        '[">= 300", ',
        "the row has 2 cells, its table 3 columns",
        "write 2 input cells, then 1 output cells; “-” admits any input",
    ),
    (
        "decisions/vitality/2020-01-01.yaml",
        "until: 2025-12-31",
        "until: 2026-06-30",
        (
            "two versions of the decision “vitality” overlap: "
            "from 2020-01-01 until 2026-06-30, and from 2026-01-01"
        ),
        "let this one end by “until: 2025-12-31”",
    ),
    (
        "policies/zone_entry/policy.yaml",
        '登记状态 = "存续"',
        '登记状态 = "存读"',
        "“存读” is no code of 登记状态",
        "did you mean “存续”? (codes: 存续, 注销, 吊销, 迁出)",
    ),
    (
        "policies/first_loan/policy.yaml",
        "when: 贷款余额 > 0",
        "when: 贷款余额 > * 2",
        "not readable as FEEL: expected an expression, found '*', at “* 2”",
        "correct the expression",
    ),
    (
        "policies/innovation/examples.yaml",
        "{研发费用:",
        "{研发经费:",
        "there is no fact, parameter or decision “研发经费”",
        "did you mean “研发费用”?",
    ),
    (
        "sources/sample-zone.yaml",
        "title: ",
        "titel: ",
        "unknown key “titel”",
        "did you mean “title”?",
    ),
    (
        "territory/grids.csv",
        "g03,西山网格,c02,",
        "g03,西山网格,c01,",
        "the community “c02” has no grid",
        "add one in territory/grids.csv",
    ),
)


def test_ten_planted_faults_give_ten_messages_with_file_line_and_mend(tmp_path):
    city = copy_of_sample(tmp_path)
    expected = []
    for file, old, new, message, mend in PLANTED:
        line = replace_in(city, file, old, new)
        expected.append((file, line, message, mend))
    # A community without a grid is at fault in its own row.
    expected[-1] = ("territory/communities.csv", 3, *expected[-1][2:])

    faults = check_city(city)[1]

    found = [(fault.file, fault.line, fault.message, fault.mend) for fault in faults]
    assert found == sorted(expected)
