"""The explanation tree names what was missing, once and in order."""

from yanzhen.kernel.explanation import FactUse, Step
from yanzhen.kernel.labels import Label


def step(name: str, *facts: FactUse, children: tuple[Step, ...] = ()) -> Step:
    return Step("condition", name, name, "", None, facts, children)


def test_missing_facts_are_named_once_in_order_of_first_use():
    tree = step(
        "all",
        FactUse("region", "330802", known=True),
        children=(
            step("revenue", FactUse("revenue", None, known=False)),
            step(
                "growth",
                FactUse("growth", None, known=False),
                FactUse("revenue", None, known=False),
            ),
        ),
    )

    assert tree.missing() == ("revenue", "growth")


def test_nothing_is_missing_where_every_fact_is_known():
    assert step("one", FactUse("employees", 12, known=True)).missing() == ()


def test_a_label_reads_as_its_chinese_name():
    assert str(Label("企业", "Enterprise")) == "企业"
