"""DMN files from fragments, for the tests."""

from yanzhen.engines.dmn.dmn_model import DmnModel
from yanzhen.engines.dmn.xml_read import read_dmn
from yanzhen.engines.dmn.xml_text import LATEST


def file(body: str, *, name: str = "m", version: str = LATEST, more: str = "") -> bytes:
    return (
        f'<definitions xmlns="{version}" namespace="urn:{name}" name="{name}" {more}>'
        f"{body}</definitions>"
    ).encode()


def model(body: str, **more: str) -> DmnModel:
    return read_dmn(file(body, **more))


def literal(text: str, kind: str = "") -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    attribute = f' typeRef="{kind}"' if kind else ""
    return f"<literalExpression{attribute}><text>{escaped}</text></literalExpression>"


def decision(
    name: str, logic: str, *, kind: str = "", needs: str = "", knows: str = "", asks: str = ""
) -> str:
    """A decision that requires the decisions, functions and inputs named, split by spaces."""
    attribute = f' typeRef="{kind}"' if kind else ""
    links = [("informationRequirement", "requiredDecision", one) for one in needs.split()]
    links += [("knowledgeRequirement", "requiredKnowledge", one) for one in knows.split()]
    links += [("informationRequirement", "requiredInput", one) for one in asks.split()]
    requirements = "".join(
        f'<{outer}><{inner} href="{one if "#" in one else "#" + one}"/></{outer}>'
        for outer, inner, one in links
    )
    return (
        f'<decision id="{name}" name="{name}"><variable name="{name}"{attribute}/>'
        f"{requirements}{logic}</decision>"
    )


def input_data(name: str, kind: str = "") -> str:
    attribute = f' typeRef="{kind}"' if kind else ""
    return f'<inputData id="{name}" name="{name}"><variable name="{name}"{attribute}/></inputData>'
