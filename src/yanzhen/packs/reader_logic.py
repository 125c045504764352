"""Expressions, tables, conditions and steps into the decision model (规则逻辑的读取)."""

from yanzhen.engines.dmn.model import (
    Condition,
    Conditions,
    Context,
    Entry,
    Expression,
    InputClause,
    Logic,
    OutputClause,
    Rule,
    Table,
    ValueType,
)
from yanzhen.engines.feel import nodes as n
from yanzhen.kernel.explanation import Citation
from yanzhen.packs.expressions import Expressions, Scope
from yanzhen.packs.yaml_node import Node


class LogicReader:
    """Reads the logic of one decision or clause.

    Every method returns None where a part has faults, after recording them; the rest is read on,
    so that all faults show at once.
    """

    def __init__(self, expressions: Expressions, scope: Scope, source: str) -> None:
        """Prepare for one rule.

        Args:
            expressions: of the city.
            scope: names of this rule.
            source: id of the source that its articles belong to.
        """
        self.expressions = expressions
        self.reading = expressions.reading
        self.scope = scope
        self.source = source

    def logic(self, node: Node) -> Logic | None:
        """The logic under the key ``expr``, ``table``, ``conditions`` or ``steps``."""
        if (expression := node.get("expr")) is not None:
            return self.expressions.expression(expression, self.scope)
        if (table := node.get("table")) is not None:
            return self.table(table)
        if node.get("steps") is not None:
            return self.steps(node)
        return self.conditions(node)

    def citation(self, node: Node) -> Citation | None:
        """The place in the rule's source that ``node`` cites, if it does."""
        article = node.text("article")
        return Citation(self.source, article, node.text("note")) if article else None

    def conditions(self, node: Node) -> Conditions | None:
        """The conditions, exclusions and amount of ``node``."""
        conditions = self._conditions(node, "conditions", "c")
        exclusions = self._conditions(node, "exclude", "x")
        amount_node = node.get("amount")
        amount = None
        if amount_node is not None:
            amount = self.expressions.expression(amount_node, self.scope)
            if amount is None:
                return None
        if conditions is None or exclusions is None:
            return None
        return Conditions(conditions, exclusions, amount)

    def _conditions(self, node: Node, key: str, letter: str) -> tuple[Condition, ...] | None:
        found: list[Condition] = []
        items = node.children(key)
        for number, item in enumerate(items, start=1):
            expression = self.expressions.expression(item.members["when"], self.scope)
            if expression is not None:
                citation = self.citation(item)
                name = f"{letter}{number}"
                found.append(Condition(name, item.text("text"), expression, citation))
        return tuple(found) if len(found) == len(items) else None

    def table(self, node: Node) -> Table | None:
        """A decision table; every row must fill every column."""
        inputs = [self._input(item) for item in node.children("inputs")]
        outputs = [self._output(item) for item in node.children("outputs")]
        tested = [None if column is None else column.expression for column in inputs]
        rules = [self._rule(row, tested, len(outputs)) for row in node.children("rows")]
        right_inputs = tuple(column for column in inputs if column is not None)
        right_outputs = tuple(column for column in outputs if column is not None)
        right_rules = tuple(rule for rule in rules if rule is not None)
        if (len(right_inputs), len(right_outputs), len(right_rules)) != (
            len(inputs),
            len(outputs),
            len(rules),
        ):
            return None
        hit = node.text("hit", "U")
        return Table(hit, right_inputs, right_outputs, right_rules)  # type: ignore[arg-type]

    def _input(self, node: Node) -> InputClause | None:
        expr = node.get("expr") or node
        expression = self.expressions.expression(expr, self.scope)
        if expression is None:
            return None
        return InputClause(expression, node.text("label") if node.members else expression.text)

    def _output(self, node: Node) -> OutputClause | None:
        if not node.members:
            return OutputClause(node.text(), node.text())
        allowed = [self.expressions.expression(v, self.scope) for v in node.children("values")]
        default_node = node.members.get("default")
        default = None
        if default_node is not None:
            default = self.expressions.expression(default_node, self.scope)
        if None in allowed or (default_node is not None and default is None):
            return None
        name = node.text("name")
        kind: ValueType = node.text("type", "any")  # type: ignore[assignment]
        values = tuple(value for value in allowed if value is not None)
        return OutputClause(name, node.text("label", name), kind, values, default)

    def _rule(self, row: Node, tested: list[Expression | None], outputs: int) -> Rule | None:
        cells = row.children("cells") if row.members else row.items
        width = len(tested) + outputs
        if len(cells) != width:
            message = f"the row has {len(cells)} cells, its table {width} columns"
            columns = f"{len(tested)} input cells, then {outputs} output cells"
            self.reading.add(row, message, f"write {columns}; “-” admits any input")
            return None
        tests: list[n.UnaryTests] = []
        texts: list[str] = []
        for cell, expression in zip(cells, tested, strict=False):
            read = self.expressions.tests(cell, self.scope, expression)
            if read is not None:
                texts.append(read[0])
                tests.append(read[1])
        results = [self.expressions.expression(cell, self.scope) for cell in cells[len(tested) :]]
        right = tuple(result for result in results if result is not None)
        if len(tests) != len(tested) or len(right) != outputs:
            return None
        return Rule(tuple(tests), right, tuple(texts), row.text("note"), self.citation(row))

    def steps(self, node: Node) -> Context | None:
        """Named steps in order; each sees the earlier ones by name and label."""
        steps = node.children("steps")
        self.scope.later = {word for step in steps for word in _words(step)}
        entries: list[Entry] = []
        for step in steps:
            logic = self.logic(step)
            name, label = step.text("name"), step.text("label", step.text("name"))
            for word in dict.fromkeys(_words(step)):
                self._enter(step, word, name)
            if logic is not None:
                entries.append(Entry(name, label, logic, self.citation(step)))
        result = self._result(node, steps[-1])
        if result is None or len(entries) != len(steps):
            return None
        return Context(tuple(entries), result)

    def _enter(self, step: Node, word: str, name: str) -> None:
        """Put a step's name or label in scope; it must not hide another name."""
        self.scope.later.discard(word)
        known = self.expressions.names.get(word)
        if word in self.scope.steps:
            self.reading.add(step, f"two steps are called “{word}”", "rename one of them")
        elif known is not None and known.id != self.scope.owner:
            message = f"the step “{word}” hides the {known.kind} of that name"
            self.reading.add(step, message, "rename the step")
        self.scope.steps[word] = name

    def _result(self, node: Node, last: Node) -> Expression | None:
        result = node.get("result")
        if result is None:
            name = last.text("name")
            return Expression(name, n.Name(name, at=0, end=len(name)))
        return self.expressions.expression(result, self.scope)


def _words(step: Node) -> list[str]:
    label = step.text("label")
    return [step.text("name"), label] if label else [step.text("name")]
