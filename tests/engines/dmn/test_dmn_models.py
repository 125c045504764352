"""Whole DMN models to the letter: graph, functions, services, imports, boxed expressions."""

from datetime import date
from decimal import Decimal

import pytest
from tests.engines.dmn.make_dmn import decision, file, input_data, literal, model

from yanzhen.engines.dmn.model_run import evaluate_decision, invoke
from yanzhen.engines.dmn.xml_read import read_dmn
from yanzhen.engines.dmn.xml_text import NAMESPACES
from yanzhen.engines.feel import DateTime, Time
from yanzhen.kernel.errors import DecisionError


@pytest.mark.parametrize("version", sorted(NAMESPACES))
def test_every_version_of_dmn_is_read(version):
    one = model(
        input_data("x", "number") + decision("d", literal("x + 1"), asks="x"), version=version
    )

    assert evaluate_decision(one, "d", {"x": 1}) == Decimal(2)


def test_a_decision_sees_only_what_it_requires():
    one = model(
        input_data("x")
        + decision("a", literal("1"))
        + decision("b", literal("a"), needs="a")
        + decision("c", literal("a"))
    )

    assert evaluate_decision(one, "b", {}) == Decimal(1)
    assert evaluate_decision(one, "c", {}) is None


def test_an_input_under_the_name_of_a_decision_replaces_it():
    one = model(decision("a", literal("1")) + decision("b", literal("a + 1"), needs="a"))

    assert evaluate_decision(one, "b", {"a": 5}) == Decimal(6)


def test_decisions_that_need_each_other_are_null():
    one = model(decision("a", literal("b"), needs="b") + decision("b", literal("a"), needs="a"))

    assert evaluate_decision(one, "a", {}) is None


KNOWLEDGE = """
<businessKnowledgeModel id="fac" name="fac"><variable name="fac"/><encapsulatedLogic>
  <formalParameter name="n" typeRef="number"/>
  <literalExpression><text>if n = 0 then 1 else n * fac(n - 1)</text></literalExpression>
</encapsulatedLogic></businessKnowledgeModel>"""


def test_a_knowledge_model_may_call_itself():
    one = model(KNOWLEDGE + decision("d", literal("fac(5)"), knows="fac"))

    assert evaluate_decision(one, "d", {}) == Decimal(120)
    assert invoke(one, "fac", {"n": 4}) == Decimal(24)


def test_an_invocation_binds_by_name_and_checks_types():
    bound = (
        "<invocation><literalExpression><text>fac</text></literalExpression>"
        '<binding><parameter name="n"/>{}</binding></invocation>'
    )
    one = model(
        KNOWLEDGE
        + decision("good", bound.format(literal("3")), knows="fac")
        + decision("bad", bound.format(literal('"x"')), knows="fac")
    )

    assert evaluate_decision(one, "good", {}) == Decimal(6)
    assert evaluate_decision(one, "bad", {}) is None


SERVICE = (
    input_data("x", "number")
    + decision("half", literal("x / 2"), asks="x")
    + decision("rest", literal("1"))
    + decision("sum of both", literal("half + rest"), needs="half rest").replace(
        'id="sum of both"', 'id="sum"'
    )
    + """<decisionService id="s" name="s"><variable name="s"/><outputDecision href="#sum"/>
  <encapsulatedDecision href="#half"/><inputDecision href="#rest"/><inputData href="#x"/>
</decisionService>"""
    + """<decisionService id="two" name="two"><variable name="two"/>
  <outputDecision href="#half"/><outputDecision href="#sum"/>
  <inputDecision href="#rest"/><inputData href="#x"/></decisionService>"""
)


def test_a_service_takes_input_data_then_input_decisions():
    one = model(SERVICE + decision("d", literal("s(10, 7)"), knows="s"))

    assert evaluate_decision(one, "d", {}) == Decimal(12)
    assert invoke(one, "s", {"x": 10, "rest": 3}) == Decimal(8)


def test_a_service_with_several_outputs_gives_a_context():
    assert invoke(model(SERVICE), "two", {"x": 4, "rest": 1}) == {
        "half": Decimal(2),
        "sum of both": Decimal(3),
    }


def test_a_service_does_not_see_the_inputs_around_it():
    one = model(SERVICE + decision("d", literal("s(null, 7)"), knows="s"))

    assert evaluate_decision(one, "d", {"x": 10}) is None


IMPORTED = file(
    '<itemDefinition name="tAge"><typeRef>number</typeRef>'
    "<allowedValues><text>[0..150]</text></allowedValues></itemDefinition>"
    + input_data("age", "tAge")
    + decision("is adult", literal("age &gt;= 18".replace("&gt;", ">")), asks="age").replace(
        'id="is adult"', 'id="adult"'
    ),
    name="people",
)


def importer(import_name, body):
    return read_dmn(
        file(
            f'<import namespace="urn:people" name="{import_name}" '
            'importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>' + body
        ),
        imports=[IMPORTED],
    )


def test_imported_elements_are_known_by_the_import_name():
    one = importer(
        "the people", decision("d", literal("the people.is adult"), needs="urn:people#adult")
    )

    assert evaluate_decision(one, "d", {("urn:people", "age"): 20}) is True
    assert evaluate_decision(one, "d", {"age": 200}) is None


def test_an_import_without_a_name_puts_elements_in_the_same_scope():
    one = importer("", decision("d", literal("is adult"), needs="urn:people#adult"))

    assert evaluate_decision(one, "d", {"age": 20}) is True


def test_imported_types_are_known_by_the_import_name():
    one = importer("p", input_data("mine", "p.tAge") + decision("d", literal("mine"), asks="mine"))

    assert evaluate_decision(one, "d", {"mine": 20}) == Decimal(20)
    assert evaluate_decision(one, "d", {"mine": 200}) is None


def test_a_missing_import_is_refused():
    with pytest.raises(DecisionError, match="imported model urn:gone is not among the files"):
        model('<import namespace="urn:gone" name="g" importType="DMN"/>')


def test_models_that_import_each_other_are_refused():
    one = file('<import namespace="urn:b" name="b" importType="DMN"/>', name="a")
    other = file('<import namespace="urn:a" name="a" importType="DMN"/>', name="b")

    with pytest.raises(DecisionError, match="imports itself"):
        read_dmn(one, imports=[one, other])


TYPES = """
<itemDefinition name="tList" isCollection="true"><typeRef>number</typeRef></itemDefinition>
<itemDefinition name="tPerson">
  <itemComponent name="name"><typeRef>string</typeRef></itemComponent>
  <itemComponent name="sex"><typeRef>string</typeRef>
    <allowedValues><text>"m", "f"</text></allowedValues></itemComponent>
</itemDefinition>
<itemDefinition name="tShort" isCollection="true"><typeRef>tSmall</typeRef>
  <typeConstraint><text>count(?) &lt; 3</text></typeConstraint></itemDefinition>
<itemDefinition name="tSmall"><typeRef>number</typeRef>
  <allowedValues><text>&lt; 10</text></allowedValues></itemDefinition>
"""


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("number", '"x"', None),
        ("number", "[1]", Decimal(1)),
        ("number", "[1, 2]", None),
        ("tList", "1", [Decimal(1)]),
        ("tList", '["x"]', None),
        ("date and time", 'date("2026-01-31")', DateTime(date(2026, 1, 31), Time(0, 0, 0, 0, 0))),
        ("string", "null", None),
        ("tPerson", '{name: "n", sex: "f"}', {"name": "n", "sex": "f"}),
        ("tPerson", '{name: "n", sex: "x"}', None),
        ("tPerson", '{name: "n"}', None),
        ("tPerson", '{name: "n", sex: "m", age: 1}', {"name": "n", "sex": "m", "age": Decimal(1)}),
        ("tShort", "[1, 2]", [Decimal(1), Decimal(2)]),
        ("tShort", "[1, 2, 3]", None),
        ("tShort", "[1, 20]", None),
        ("Any", '"x"', "x"),
    ],
)
def test_results_are_made_to_fit_the_type_of_the_variable(kind, text, expected):
    one = model(TYPES + decision("d", literal(text), kind=kind))

    value = evaluate_decision(one, "d", {})

    assert value == expected


def test_input_that_does_not_fit_its_type_is_null():
    one = model(TYPES + input_data("x", "tSmall") + decision("d", literal("x = null"), asks="x"))

    assert evaluate_decision(one, "d", {"x": 3}) is False
    assert evaluate_decision(one, "d", {"x": 30}) is True
    assert evaluate_decision(one, "d", {"x": "3"}) is True


def boxed(tag, **parts):
    inner = "".join(
        f"<{name.strip('_')}>{body}</{name.strip('_')}>" for name, body in parts.items()
    )
    return f"<{tag}>{inner}</{tag.split()[0]}>"


RELATION = (
    '<relation><column name="a"/><column name="b" typeRef="number"/>'
    f"<row>{literal('1')}{literal('2')}</row><row>{literal('3')}{literal('true')}</row></relation>"
)


@pytest.mark.parametrize(
    ("logic", "expected"),
    [
        (boxed("conditional", if_=literal("null"), then=literal("1"), else_=literal("2")), 2),
        (boxed("conditional", if_=literal("true"), then=literal("1"), else_=literal("2")), 1),
        (boxed("filter", in_=literal("[1, 2, 3]"), match=literal("item > 1")), [2, 3]),
        (boxed("filter", in_=literal("[{x: 1}, {x: 2}]"), match=literal("x > 1")), [{"x": 2}]),
        (boxed("filter", in_=literal("null"), match=literal("true")), None),
        (
            boxed(
                'for iteratorVariable="i"',
                in_=literal("1..3"),
                return_=literal("i + count(partial)"),
            ),
            None,
        ),
        (
            boxed(
                'for iteratorVariable="i"',
                in_=literal("[1..3]"),
                return_=literal("i + count(partial)"),
            ),
            [1, 3, 5],
        ),
        (boxed('for iteratorVariable="i"', in_=literal("4"), return_=literal("i")), [4]),
        (
            boxed('some iteratorVariable="i"', in_=literal("[1, 2]"), satisfies=literal("i > 1")),
            True,
        ),
        (
            boxed('every iteratorVariable="i"', in_=literal("[1, 2]"), satisfies=literal("i > 1")),
            False,
        ),
        (boxed('every iteratorVariable="i"', in_=literal("[]"), satisfies=literal("false")), True),
        (boxed('some iteratorVariable="i"', in_=literal("null"), satisfies=literal("true")), None),
        (f"<list>{literal('1')}{literal('2')}</list>", [1, 2]),
        (
            RELATION,
            [{"a": 1, "b": 2}, {"a": 3, "b": None}],
        ),
    ],
)
def test_boxed_expressions_follow_feel(logic, expected):
    assert evaluate_decision(model(decision("d", logic)), "d", {}) == expected


def test_a_boxed_context_types_its_entries_and_gives_its_result():
    logic = (
        '<context><contextEntry><variable name="a" typeRef="number"/>'
        f"{literal('[4]')}</contextEntry>"
        f'<contextEntry><variable name="b c"/>{literal("a + 1")}</contextEntry>{{}}</context>'
    )
    result = f"<contextEntry>{literal('b c * 2')}</contextEntry>"
    one = model(decision("d", logic.format("")) + decision("e", logic.format(result)))

    assert evaluate_decision(one, "d", {}) == {"a": 4, "b c": 5}
    assert evaluate_decision(one, "e", {}) == Decimal(10)


def test_a_function_definition_is_a_value():
    body = (
        '<functionDefinition typeRef="number"><formalParameter name="n" typeRef="number"/>'
        f"{literal('n + 1')}</functionDefinition>"
    )
    one = model(decision("f", body) + decision("d", literal("f(f(1))"), needs="f"))

    assert evaluate_decision(one, "d", {}) == Decimal(3)


def test_external_functions_are_refused():
    body = (
        '<functionDefinition kind="Java"><formalParameter name="n"/><context><contextEntry>'
        f'<variable name="class"/>{literal(chr(34) + "java.lang.Math" + chr(34))}</contextEntry>'
        "</context></functionDefinition>"
    )
    one = model(decision("f", body) + decision("d", literal("f(1)"), needs="f"))

    assert evaluate_decision(one, "f", {}) is None
    assert evaluate_decision(one, "d", {}) is None


def test_the_moment_is_passed_in():
    one = model(decision("d", literal("today()")))
    moment = DateTime(date(2026, 1, 31), Time(8, 0, 0))

    assert evaluate_decision(one, "d", {}, now=moment) == date(2026, 1, 31)
    assert evaluate_decision(one, "d", {}) is None


def table(attributes, rows, outputs='<output name=""/>', values=""):
    cells = "".join(
        f"<rule><inputEntry><text>{cell}</text></inputEntry>"
        + "".join(f"<outputEntry><text>{out}</text></outputEntry>" for out in outs)
        + "</rule>"
        for cell, *outs in rows
    )
    return (
        f"<decisionTable {attributes}><input><inputExpression><text>x</text></inputExpression>"
        f"{values}</input>{outputs}{cells}</decisionTable>"
    )


def test_output_values_come_from_the_type_if_the_table_lists_none():
    body = (
        '<itemDefinition name="tLevel"><typeRef>string</typeRef>'
        '<allowedValues><text>"high", "low"</text></allowedValues></itemDefinition>'
        + input_data("x", "number")
        + decision(
            "d",
            table(
                'hitPolicy="PRIORITY"',
                [("-", '"low"'), ("> 1".replace(">", "&gt;"), '"high"')],
                '<output name="" typeRef="tLevel"/>',
            ),
            asks="x",
        )
    )

    assert evaluate_decision(model(body), "d", {"x": 2}) == "high"
    assert evaluate_decision(model(body), "d", {"x": 1}) == "low"


def test_input_values_and_defaults_of_a_table():
    body = input_data("x", "number") + decision(
        "d",
        table(
            'hitPolicy="UNIQUE"',
            [("1", "10", "20")],
            '<output name="a"><defaultOutputEntry><text>0</text></defaultOutputEntry></output>'
            '<output name="b"/>',
            "<inputValues><text>[1..5]</text></inputValues>",
        ),
        asks="x",
    )

    assert evaluate_decision(model(body), "d", {"x": 1}) == {"a": 10, "b": 20}
    assert evaluate_decision(model(body), "d", {"x": 2}) == {"a": 0, "b": None}
    assert evaluate_decision(model(body), "d", {"x": 9}) is None


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ('hitPolicy="COLLECT"', [1, 2]),
        ('hitPolicy="COLLECT" aggregation="SUM"', 3),
        ('hitPolicy="COLLECT" aggregation="MIN"', 1),
        ('hitPolicy="COLLECT" aggregation="MAX"', 2),
        ('hitPolicy="COLLECT" aggregation="COUNT"', 2),
        ('hitPolicy="RULE ORDER"', [1, 2]),
        ("", None),
    ],
)
def test_hit_policies_are_read(attributes, expected):
    rows = [("-", "1"), ("-", "2")]
    body = input_data("x") + decision("d", table(attributes, rows), asks="x")

    assert evaluate_decision(model(body), "d", {}) == expected


def test_an_expression_that_cannot_be_read_is_null_and_told():
    one = model(decision("bad", literal("1 +")) + decision("good", literal("1")))

    assert evaluate_decision(one, "good", {}) == Decimal(1)
    assert evaluate_decision(one, "bad", {}) is None
    assert len(one.faults) == 1
    assert one.faults[0].startswith("bad: '1 +': expected an expression")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"<a/>", "is not DMN"),
        (b"<a>", "not well-formed"),
        (b'<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>', "document type"),
        (b" " * (16 * 1024 * 1024 + 1), "larger than"),
    ],
)
def test_files_that_are_not_plain_dmn_are_refused(content, message):
    with pytest.raises(DecisionError, match=message):
        read_dmn(content)


def test_unknown_names_of_decisions_are_refused():
    with pytest.raises(DecisionError, match="no decision or function 'x'"):
        evaluate_decision(model(""), "x", {})


FUNCTION_TYPE = """
<itemDefinition name="tFunction"><functionItem outputTypeRef="string">
  <parameters name="n" typeRef="number"/></functionItem></itemDefinition>
<businessKnowledgeModel id="f" name="f"><variable name="f" typeRef="{}"/><encapsulatedLogic>
  <formalParameter name="n" typeRef="number"/>
  <literalExpression><text>n + 1</text></literalExpression>
</encapsulatedLogic></businessKnowledgeModel>"""


@pytest.mark.parametrize(
    ("kind", "expected"), [("number", 2), ("string", None), ("tFunction", None), ("function", 2)]
)
def test_the_type_of_a_function_variable_binds_its_result(kind, expected):
    one = model(FUNCTION_TYPE.format(kind) + decision("d", literal("f(1)"), knows="f"))

    assert evaluate_decision(one, "d", {}) == expected


def test_functions_take_the_types_of_their_own_model():
    imported = file(
        '<itemDefinition name="tPair"><itemComponent name="x"><typeRef>tX</typeRef></itemComponent>'
        '</itemDefinition><itemDefinition name="tX"><typeRef>number</typeRef></itemDefinition>'
        '<businessKnowledgeModel id="f" name="f"><variable name="f"/><encapsulatedLogic>'
        '<formalParameter name="p" typeRef="tPair"/><literalExpression><text>p.x</text>'
        "</literalExpression></encapsulatedLogic></businessKnowledgeModel>",
        name="people",
    )
    one = read_dmn(
        file(
            '<import namespace="urn:people" name="p" importType="DMN"/>'
            + decision("d", literal("p.f({x: 1})"), knows="urn:people#f")
            + decision("e", literal('p.f({x: "a"})'), knows="urn:people#f")
        ),
        imports=[imported],
    )

    assert evaluate_decision(one, "d", {}) == Decimal(1)
    assert evaluate_decision(one, "e", {}) is None


def test_a_type_may_contain_itself():
    body = (
        '<itemDefinition name="tTree"><itemComponent name="left"><typeRef>tTree</typeRef>'
        "</itemComponent></itemDefinition>"
    )
    one = model(body + decision("d", literal("{left: {left: null}}"), kind="tTree"))

    assert evaluate_decision(one, "d", {}) == {"left": {"left": None}}


def test_a_function_in_a_context_may_call_itself():
    logic = (
        '<context><contextEntry><variable name="fac"/><functionDefinition>'
        '<formalParameter name="n"/>'
        + literal("if n = 0 then 1 else n * fac(n - 1)")
        + "</functionDefinition></contextEntry><contextEntry>"
        + literal("fac(4)")
        + "</contextEntry></context>"
    )

    assert evaluate_decision(model(decision("d", logic)), "d", {}) == Decimal(24)


def test_names_may_hold_spaces_and_signs():
    one = model(
        input_data("pre-bureau  risk").replace('id="pre-bureau  risk"', 'id="r"')
        + decision("d", literal("pre-bureau risk + 1"), asks="r")
    )

    assert evaluate_decision(one, " d ", {"pre-bureau risk": 1}) == Decimal(2)


LOOPS = """
<businessKnowledgeModel id="f" name="f"><variable name="f"/><encapsulatedLogic>
  <formalParameter name="n" typeRef="number"/>
  <literalExpression><text>{}</text></literalExpression>
</encapsulatedLogic></businessKnowledgeModel>"""


@pytest.mark.parametrize("body", ["f(n + 1)", "f(n + 1) + f(n + 1)", "[f(n), f(n)]"])
def test_functions_that_never_end_are_given_up(body):
    one = model(LOOPS.format(body) + decision("d", literal("f(1)"), knows="f"))

    assert evaluate_decision(one, "d", {}) is None


def test_functions_may_call_each_other_some_way_down():
    body = "if n = 0 then 0 else 1 + f(n - 1)"
    one = model(LOOPS.format(body) + decision("d", literal("f(50)"), knows="f"))

    assert evaluate_decision(one, "d", {}) == Decimal(50)


@pytest.mark.parametrize(
    ("logic", "fault"),
    [
        ("<literalExpression><text> </text></literalExpression>", "expression is empty"),
        (
            '<literalExpression expressionLanguage="urn:java"><text>1</text></literalExpression>',
            "expressions in urn:java are not read, only FEEL",
        ),
        ('<context><contextEntry><variable name="a"/></contextEntry></context>', "is missing"),
        (f'<relation><column name="a"/><row>{literal("1")}{literal("2")}</row></relation>', "row"),
        (f"<invocation><list>{literal('1')}</list></invocation>", "must be a literal expression"),
        ('<decisionTable hitPolicy="BEST"/>', "unknown hit policy 'BEST'"),
        (
            (
                "<decisionTable><output/><rule><inputEntry><text>1</text></inputEntry></rule>"
                "</decisionTable>"
            ),
            "does not have one cell for each column",
        ),
    ],
)
def test_logic_that_cannot_be_read_is_null_and_told(logic, fault):
    one = model(decision("d", logic))

    value = evaluate_decision(one, "d", {})

    assert value in (None, {"a": None})
    assert len(one.faults) == 1
    assert one.faults[0].startswith("d: ")
    assert fault in one.faults[0]


def test_requirements_that_lead_nowhere_are_null():
    one = model(decision("d", literal("1"), needs="gone"))

    assert evaluate_decision(one, "d", {}) == Decimal(1)


def test_a_decision_left_to_people_is_null_unless_given():
    one = model(decision("a", "") + decision("d", literal("a"), needs="a"))

    assert evaluate_decision(one, "d", {}) is None
    assert evaluate_decision(one, "d", {"a": "yes"}) == "yes"


def test_a_file_finds_its_imports_in_its_folder(tmp_path):
    body = decision("d", literal("p.is adult"), needs="urn:people#adult")
    main = tmp_path / "main.dmn"
    main.write_bytes(file('<import namespace="urn:people" name="p" importType="DMN"/>' + body))
    (tmp_path / "people.dmn").write_bytes(IMPORTED)
    (tmp_path / "broken.dmn").write_bytes(b"<a")

    assert evaluate_decision(read_dmn(main), "d", {"age": 20}) is True
