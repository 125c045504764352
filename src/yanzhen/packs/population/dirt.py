"""What is wrong with real files (数据瑕疵): untidy cells, other codes, rows that must come back.

Nothing here loses a whole file: each kind touches a few rows, at most one in a hundred.
"""

from collections.abc import Callable, Sequence

import numpy as np

from yanzhen.kernel.identifiers import make_usccs, spell_organization_bodies
from yanzhen.packs.model import Dataset
from yanzhen.packs.population.arrow import Values, pa, pc
from yanzhen.packs.population.draws import Flags, Integers
from yanzhen.packs.population.files import as_cells
from yanzhen.packs.population.world import World

_ONE_IN = 100
"""No kind of dirt touches more than one row in so many."""
_FULL_WIDTH = str.maketrans({chr(c): chr(c + 0xFEE0) for c in range(0x21, 0x7F)})
_UNTIDY = str.maketrans({"（": "(", "）": ")"})

type Columns = dict[str, Values]


def soil(world: World, dataset: Dataset, columns: Columns, rows: Integers) -> Columns:
    """Spoil a few cells of a file.

    Args:
        world: the population.
        dataset: the first column is the code; one that needs no fact and is required, the name.
        columns: clean columns by heading.
        rows: the entity behind each row.

    Returns:
        The columns with untidy cells, and with some rows more that must be refused.
    """
    code, name = _headings(dataset)
    taken = np.zeros(len(rows), dtype=bool)
    # whoever the published figures count is not lost
    spared = world.measured | world.cohorts["tenant"]
    texts = {code: columns[code].to_pylist()}
    if name:
        texts[name] = columns[name].to_pylist()

    def touch(kind: str, among: Flags, heading: str, change: Callable[[int], str]) -> None:
        count = min(world.plan.part("dirt").number(kind, 0), len(rows) // _ONE_IN)
        chosen = world.draws.pick(f"dirt.{dataset.id}.{kind}", count, among & ~taken)
        taken[chosen] = True
        for row in chosen.tolist():
            texts[heading][row] = change(row)

    given = list(texts[code])
    anybody = np.ones(len(rows), dtype=bool)
    touch("spaced_code", anybody, code, lambda i: f" {given[i][:8]} {given[i][8:]}")
    touch("full_width_code", anybody, code, lambda i: given[i].translate(_FULL_WIDTH))
    touch("lower_case_code", anybody, code, lambda i: given[i].lower())
    if dataset.kind == "register":
        _fail_checks(world, touch, given, spared[rows], code)
    else:
        number, common = world.codes.number[rows], ~spared[rows]
        touch("old_number", common & (number != ""), code, lambda i: str(number[i]))
        touch("organization_code", common, code, lambda i: given[i][8:17])
        others = world.draws.of(f"dirt.{dataset.id}.others").permutation(np.flatnonzero(~spared))
        touch("other_code", common, code, lambda i: str(world.codes.uscc[others[i % len(others)]]))
        nobody = _nobodys(world, len(rows))
        touch("unknown_code", common, code, lambda i: nobody[i % len(nobody)])
    if name:
        names, old = list(texts[name]), world.names.old_name
        touch("untidy_name", anybody, name, lambda i: f" {names[i].translate(_UNTIDY)} ")
        if dataset.kind != "register":
            touch("old_name", ~spared[rows], name, lambda i: old[int(rows[i])].as_py())
    spoiled = columns | {heading: pa.array(cells, pa.string()) for heading, cells in texts.items()}
    return _add_refused(world, dataset, spoiled, code, name)


def as_typed(world: World, dataset: Dataset, columns: Columns, kind: str) -> Columns:
    """Days and some other columns as people type them, a few days with points.

    Args:
        world: the population.
        dataset: whose columns these are.
        columns: by heading, with types.
        kind: of the file; Parquet keeps the types of all but the columns in ``as_text``.
    """
    wanted = set(world.plan.texts("as_text"))
    count = world.plan.part("dirt").number("dotted_date", 0)
    typed = {}
    for column in dataset.columns:
        if column.fact not in wanted and (column.type != "date" or kind == "parquet"):
            continue
        cells = as_cells(columns[column.name])
        if column.type == "date":
            few = min(count, len(cells) // _ONE_IN)
            stream = f"dirt.{dataset.id}.{column.name}"
            dotted = np.zeros(len(cells), dtype=bool)
            dotted[world.draws.pick(stream, few, ~dotted)] = True
            cells = pc.if_else(pa.array(dotted), pc.replace_substring(cells, "-", "."), cells)
        typed[column.name] = cells
    return columns | typed


def _headings(dataset: Dataset) -> tuple[str, str]:
    """The headings of the code and of the name; an empty text where there is no name."""
    code, *others = dataset.columns
    name = next((c for c in others if c.fact == "name"), None)
    if name is None and dataset.kind != "register":
        plain = (c for c in others if c.fact is None and c.type == "text" and c.required)
        name = next(plain, None)
    return code.name, "" if name is None else name.name


def _fail_checks(
    world: World,
    touch: Callable[[str, Flags, str, Callable[[int], str]], None],
    given: Sequence[str],
    spared: Flags,
    code: str,
) -> None:
    """Codes whose last character is wrong; the register keeps them with a warning."""
    order = "0123456789ABCDEFGHJKLMNPQRTUWXY"

    def wrong(row: int) -> str:
        right = order.index(given[row][-1])
        return given[row][:-1] + order[(right + 7) % len(order)]

    # a code that others refer to stays as it is
    known = np.zeros(world.n, dtype=bool)
    known[world.register.predecessor[world.register.predecessor >= 0]] = True
    known |= world.register.predecessor >= 0
    touch("failing_check", ~spared & ~known & world.register.living, code, wrong)


def _nobodys(world: World, n: int) -> list[str]:
    """Good codes that stand in no register."""
    count = min(n, 50)
    prefix = world.plan.part("codes").text("body")
    bodies = spell_organization_bodies(np.arange(count), prefix=f"{prefix[:-1]}T")
    found = make_usccs("9", "1", world.register.places.districts[0], bodies)
    return [str(code) for code in found]


def _add_refused(world: World, dataset: Dataset, columns: Columns, code: str, name: str) -> Columns:
    """Rows more, scattered among the others, each with one fault that cannot be mended."""
    n = len(columns[code])
    count = min(world.plan.part("dirt").number("refused", 0), n // _ONE_IN)
    if not count:
        return columns
    copied = world.draws.of(f"dirt.{dataset.id}.refused").integers(0, n, count)
    extra = {heading: column.take(pa.array(copied)) for heading, column in columns.items()}
    codes, names = extra[code].to_pylist(), extra[name].to_pylist() if name else []
    others = [name or code, *(column.name for column in dataset.columns if column.codes)]
    for i in range(count):
        # every other row has a code too short to be any; the rest no name, or a word off the list
        kind = others[i // 2 % len(others)] if i % 2 else code
        if kind == name:
            names[i] = None
        elif kind != code:
            cells = extra[kind].to_pylist()
            cells[i] = "待核"
            extra[kind] = pa.array(cells, pa.string())
        if kind == code:
            codes[i] = _cut(codes[i], i)
    extra[code] = pa.array(codes, pa.string())
    if name:
        extra[name] = pa.array(names, pa.string())
    place = world.draws.uniform(f"dirt.{dataset.id}.place", count) * n
    order = np.argsort(np.concatenate([np.arange(n, dtype=np.float64), place]), kind="stable")
    return {
        heading: pc.take(pa.concat_arrays([column, extra[heading]]), pa.array(order))
        for heading, column in columns.items()
    }


def _cut(code: str, i: int) -> str:
    """A code that lost characters on the way, differently each time."""
    return code.strip()[: 10 + i % 4] + "?" * (i % 2)
