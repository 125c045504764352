"""Eligibility rules over a population: our column plan beside hand-written engines.

    python bench/rules/run.py --rows 200000 --rules 300 --against duckdb,numpy_bins --rounds 3

Needs the shared benchmark (``YANZHEN_SHARED``, else ``../shared`` beside the repository): its
seeded enterprises, its rules and its other runners. Every answer of every engine is compared.
The rules' ``=`` is that of FEEL's specification, so the plan is compiled in that mode; yes, no and
unknown are nevertheless told apart for every rule and enterprise.
"""

# ruff: noqa: E402, PLC0415 -- the benchmark's folder and ours must be on the path first
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("YANZHEN_SHARED", ROOT.parent / "shared"))
BENCH = SHARED / "bench" / "rules"
sys.path[:0] = [str(BENCH), str(ROOT / "src")]

from yanzhen.engines.columnar.frame import Frame
from yanzhen.engines.columnar.plan import compile_plan
from yanzhen.engines.columnar.vector import run
from yanzhen.engines.dmn.model import (
    Book,
    Condition,
    Conditions,
    Decision,
    Expression,
    FactSpec,
)
from yanzhen.engines.feel.parser import parse
from yanzhen.kernel.labels import Label

TYPES = {"int": "integer", "num": "integer", "str": "text", "bool": "boolean", "date": "date"}
FEN_IN_THOUSAND_YUAN = 100_000


def facts(columns):
    """What the rules must know of each column; amounts are whole thousands of yuan."""
    return {name: FactSpec(name, Label(name, name), TYPES[kind]) for name, kind in columns.items()}


def expression(text):
    return Expression(text, parse(text))


class Runner:
    """Our engine as the benchmark wants it: ``load``, ``compile``, ``run``."""

    sample = None

    def load(self, data):
        import spec

        self.facts = facts({name: kind for name, (kind, _) in spec.COLUMNS.items()})
        self.frame = Frame.from_parquet(data, self.facts.values())

    def compile(self, spec):
        import emit

        feel = emit.Feel()
        decisions = {}
        for rule in spec["rules"]:
            amount, cap = feel.x(rule["benefit"]["amount"]), rule["benefit"]["cap"]
            clause = Conditions(
                (Condition("when", "", expression(feel.cond(rule["when"]))),),
                (),
                expression(f"1000 * (if {amount} = null then 0 else min([{amount}, {cap}]))"),
            )
            decisions[rule["id"]] = Decision(rule["id"], Label(rule["id"], rule["id"]), clause)
        book = Book(date.fromisoformat(spec["as_of"]), self.facts, decisions)
        self.plan = compile_plan(book, list(decisions), mode="spec")
        if self.plan.refused:
            raise SystemExit(f"refused: {dict(self.plan.refused)}")

    def run(self):
        result = run(self.plan, self.frame)
        self.result = result
        return {
            name: (
                int((verdicts == 1).sum()),
                result.amounts[name].total() / FEN_IN_THOUSAND_YUAN,
            )
            for name, verdicts in result.verdicts.items()
        }

    def matrix(self):
        """Benefit by enterprise and rule, as the pairs that have one."""
        return sum(len(amounts.rows) for amounts in self.result.amounts.values())


def main():
    given = sys.argv[1:]
    against = "duckdb,numpy_bins"
    if "--against" in given:
        place = given.index("--against")
        against = given[place + 1]
        del given[place : place + 2]
    if not BENCH.is_dir():
        raise SystemExit(f"the shared benchmark is not at {BENCH}; set YANZHEN_SHARED")
    command = [sys.executable, str(BENCH / "bench.py"), "--runners", against]
    paths = os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")])
    subprocess.run(  # noqa: S603 -- our own arguments
        [*command, "--runner", "ours=run:Runner", *given],
        check=True,
        env={**os.environ, "PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"},
    )


if __name__ == "__main__":
    main()
