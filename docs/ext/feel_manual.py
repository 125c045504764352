"""Write the manual of FEEL, ``docs/reference/feel/``, from the examples in ``tests/spec/``.

``python docs/ext/feel_manual.py`` writes every page anew. The same examples are tests: each is put
to the interpreter in both modes and, where it has a column form, to the columns. A test compares
the pages with what this program would write.
"""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.spec.spec_executors import executors_of  # noqa: E402
from tests.spec.spec_files import Example, Family, Group, Operation, families  # noqa: E402

from yanzhen.engines.columnar.functions import FUNCTIONS  # noqa: E402
from yanzhen.engines.feel import BUILTINS, Builtin, Signature  # noqa: E402

PAGES = ROOT / "docs" / "reference" / "feel"


def pages() -> dict[str, str]:
    """The text of every page by file name."""
    return {
        "index.md": _index(),
        **{f"{family.id}.md": _page(family) for family in families()},
    }


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines
    )


def _code(text: str) -> str:
    fence = "``" if "`" in text else "`"
    return f"{fence}{text}{fence}" if text else ""


def _index() -> str:
    every = [each for family in families() for each in family.operations]
    examples = [one for each in every for one in each.examples]
    columns = sum("columns" in executors_of(one) for one in examples)
    rows = (
        [
            f"[{family.title}]({family.id}.md)",
            family.zh,
            ", ".join(_code(each.name) for each in family.operations),
        ]
        for family in families()
    )
    tree = "\n".join(family.id for family in families())
    return (
        "# FEEL, operation by operation\n\n"
        "This manual is made from tests. Every example is put to the interpreter in both modes, "
        "`spec` and `three_valued`, and where it has a column form also to the columns; all must "
        "give the value shown. [FEEL](../feel.md) says what the modes are and what is particular "
        "here.\n\n"
        f"{len(every)} operations, {len(examples)} examples, {columns} of them also in columns.\n\n"
        f"{_table(['page', '中文', 'operations'], rows)}\n\n"
        "How to read an example: *given* are the facts it reads; where the modes differ, the value "
        "in `three_valued` stands after that in `spec`. A number in columns is rounded to six "
        "decimal places. The examples stand in `tests/spec/`; after a change, write the pages anew "
        "with `python docs/ext/feel_manual.py`.\n\n"
        f"```{{toctree}}\n:hidden:\n\n{tree}\n```\n"
    )


def _page(family: Family) -> str:
    parts = [f"# {family.title} ({family.zh})", family.intro]
    parts += [_operation(operation) for operation in family.operations]
    return "\n\n".join(parts) + "\n"


def _operation(operation: Operation) -> str:
    parts = [f"## {_heading(operation)}", _form(operation), operation.meaning]
    if operation.differs:
        parts.append(f"**The modes differ.** {operation.differs}")
    if operation.name in FUNCTIONS and operation.kind == "function":
        note = FUNCTIONS[operation.name].note
        parts.append(f"*Column form:* yes{', if ' + note if note else ''}.")
    parts += [_group(group) for group in operation.groups]
    return "\n\n".join(parts)


def _heading(operation: Operation) -> str:
    name = operation.name.replace("*", "\\*").replace("<", "\\<").replace(">", "\\>")
    return f"{name} ({operation.zh})"


def _form(operation: Operation) -> str:
    if operation.kind == "function":
        function = BUILTINS[operation.name]
        calls = "\n".join(_call(function, each) for each in function.signatures)
        return f"```text\n{calls}\n```"
    if operation.kind == "property":
        return f"Property of: {operation.of}.\n\n```text\n{operation.form}\n```"
    if operation.kind == "hit policy":
        return f"*{operation.form}.*"
    return f"```text\n{operation.form}\n```"


def _call(function: Builtin, signature: Signature) -> str:
    names = [
        f"{param.name}{'?' if param.optional else ''}: {' | '.join(param.types)}"
        for param in signature.params
    ]
    if signature.repeated:
        names[-1] += ", …"
    result = function.result or "by argument"
    return f"{function.name}({', '.join(names)}) → {result}"


def _group(group: Group) -> str:
    parts = [f"{group.title}:"] if group.title else []
    if group.rows:
        head, *rows = group.rows
        parts.append(_table(["", *(_plain(cell) for cell in head)], _numbered(rows)))
        if group.default:
            parts.append(f"Default: {_code(group.default)}.")
        if group.priority:
            parts.append(f"Output values: {_code(group.priority)}.")
    parts.append(_examples(group.examples, asked=not group.rows))
    return "\n\n".join(parts)


def _numbered(rows: Iterable[Sequence[str]]) -> Iterable[Sequence[str]]:
    return ([str(number), *map(_code, row)] for number, row in enumerate(rows, 1))


def _plain(cell: str) -> str:
    return cell if cell.startswith("**") else _code(cell)


def _examples(examples: Sequence[Example], *, asked: bool) -> str:
    given = any(one.given for one in examples)
    head = [
        *(["expression"] if asked else []),
        *(["given"] if given else []),
        "value",
        "executors",
    ]
    rows = (
        [
            *([_code(one.text)] if asked else []),
            *([_code(one.given)] if given else []),
            _value(one),
            ", ".join(f"{name} ✓" for name in executors_of(one)),
        ]
        for one in examples
    )
    return _table(head, rows)


def _value(example: Example) -> str:
    if example.spec == example.three_valued:
        return _code(example.spec)
    return f"{_code(example.spec)}; in `three_valued` {_code(example.three_valued)}"


def main() -> None:
    """Write every page anew, remove those of families that are gone, and name what changed."""
    PAGES.mkdir(parents=True, exist_ok=True)
    texts = pages()
    for name, text in texts.items():
        page = PAGES / name
        if not page.exists() or page.read_text(encoding="utf-8") != text:
            page.write_text(text, encoding="utf-8")
            sys.stdout.write(f"{page.relative_to(ROOT)}\n")
    for page in set(PAGES.glob("*.md")):
        if page.name not in texts:
            page.unlink()
            sys.stdout.write(f"{page.relative_to(ROOT)} removed\n")


if __name__ == "__main__":
    main()
