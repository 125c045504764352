"""Policies of a city folder and their clauses (惠企政策与条款)."""

from datetime import date
from decimal import Decimal

from yanzhen.packs.hints import did_you_mean
from yanzhen.packs.model import Clause, Policy
from yanzhen.packs.reader_decisions import Builder
from yanzhen.packs.reading import Period, Reading, close_periods, label_of
from yanzhen.packs.yaml_node import Node


def read_policy_nodes(reading: Reading) -> dict[str, Node]:
    """The document of each policy."""
    nodes: dict[str, Node] = {}
    files = reading.folder.files
    for (name,), layers in reading.folder.matching(r"policies/([^/]+)/policy\.yaml"):
        node = reading.document(layers[-1], "policy")
        if node is not None:
            nodes[name] = node
    for (name,), layers in reading.folder.matching(r"policies/([^/]+)/(?:text\.md|examples\.yaml)"):
        if f"policies/{name}/policy.yaml" not in files:
            mend = did_you_mean(name, nodes, otherwise="add policy.yaml beside it")
            reading.add(Node(None, layers[-1].shown, 1, ""), f"there is no policy “{name}”", mend)
    return nodes


def build_policies(builder: Builder, nodes: dict[str, Node]) -> dict[str, Policy]:
    """Policies with every clause that has no faults, oldest version of each clause first."""
    policies: dict[str, Policy] = {}
    for name, node in nodes.items():
        policy = _PolicyReader(builder, name, node).read()
        if policy is not None:
            policies[name] = policy
    return policies


class _PolicyReader:
    """Reads one policy."""

    def __init__(self, builder: Builder, name: str, node: Node) -> None:
        self.builder = builder
        self.reading = builder.reading
        self.name = name
        self.node = node
        self.source = ""

    def read(self) -> Policy | None:
        """The policy with its sound clauses; None where its head has faults."""
        node = self.node
        self.source = self.reading.source_of(node, official=node.text("status") == "official")
        start, end = self._day(node, "from"), self._day(node, "until")
        if start is None:
            return None
        close_periods([Period(node, start, end)], self.reading, f"the policy “{self.name}”")
        clauses = self._clauses(start, end)
        if not self._head_is_sound():
            return None
        return Policy(
            id=self.name,
            label=label_of(node),
            issuer=node.text("issuer"),
            level=node.text("level"),  # type: ignore[arg-type]
            number=node.text("number"),
            issued=node.day("issued") or start,
            start=start,
            end=end,
            region=node.text("region"),
            theme=node.text("theme"),
            status=node.text("status"),  # type: ignore[arg-type]
            source=self.source,
            clauses=clauses,
            text=self._text(),
            examples=(),
            review=node.text("review"),
        )

    def _head_is_sound(self) -> bool:
        members = self.node.members
        sound = all(self.reading.is_sound(members[key]) for key in members if key != "clauses")
        return sound and "" not in self.reading.broken.get(self.node.file, ())

    def _day(self, node: Node, name: str) -> date | None:
        member = node.get(name)
        return node.day(name) if member is not None and self.reading.is_sound(member) else None

    def _text(self) -> str:
        layers = self.reading.folder.files.get(f"policies/{self.name}/text.md")
        if not layers:
            return ""
        try:
            return layers[-1].data.decode("utf-8-sig")
        except UnicodeDecodeError:
            place = Node(None, layers[-1].shown, 1, "")
            self.reading.add(place, "the file is not UTF-8", "save it as UTF-8")
            return ""

    def _clauses(self, start: date, end: date | None) -> tuple[Clause, ...]:
        """All versions of all clauses; those of one id stand together, oldest first."""
        groups: dict[str, list[Period]] = {}
        for item in self.node.children("clauses"):
            first = self._day(item, "from") or start
            period = Period(item, first, self._day(item, "until"))
            groups.setdefault(item.text("id"), []).append(period)
        built: list[Clause] = []
        for name, periods in groups.items():
            periods.sort(key=lambda period: period.start)
            ends = close_periods(periods, self.reading, f"the clause “{name}”")
            for period, last in zip(periods, ends, strict=True):
                self.builder.places[f"{self.name}/{name}", period.start] = period.node
                clause = self._clause(period.node, period.start, last or end)
                if clause is None:
                    self.builder.broken.add(f"{self.name}/{name}")
                else:
                    built.append(clause)
            self._check_event(periods)
        return tuple(built)

    def _check_event(self, periods: list[Period]) -> None:
        """Versions of one clause are chosen in one way: by one event, or by the day."""
        events = {period.node.text("event") for period in periods}
        if len(events) > 1:
            last = periods[-1].node
            message = "the versions of one clause name different events"
            self.reading.add(last.get("event") or last, message, "name one event in all of them")

    def _clause(self, node: Node, start: date, end: date | None) -> Clause | None:
        if not self.reading.is_sound(node):
            return None
        source = self._source(node)
        event = self._event(node)
        owner = f"{self.name}/{node.text('id')}"
        logic = self.builder.logic_reader(owner, source).conditions(node)
        if logic is None:
            return None
        budget = node.get("budget")
        return Clause(
            id=node.text("id"),
            label=label_of(node),
            theme=node.text("theme"),
            kind=node.text("kind"),
            mode=node.text("mode"),  # type: ignore[arg-type]
            article=node.text("article"),
            text=node.text("text"),
            unit=node.text("unit"),
            logic=logic,
            start=start,
            end=end,
            event=event,
            group=node.text("group"),
            group_rule=node.text("group_rule"),
            budget=None if budget is None else Decimal(budget.text()),
            window=node.text("window"),
            redeem_days=node.whole("redeem_days"),
            publicity_days=node.whole("publicity_days"),
            status=node.text("status", self.node.text("status")),  # type: ignore[arg-type]
            card=node.text("card"),
            source=source,
        )

    def _source(self, node: Node) -> str:
        """The clause's source, else the policy's; an official clause needs an authority's."""
        status = node.get("status")
        official = node.text("status", self.node.text("status")) == "official"
        if node.get("source") is not None:
            return self.reading.source_of(node, official=official)
        source = self.reading.sources.get(self.source)
        policy_is_typical = self.node.text("status") != "official"
        if status and official and policy_is_typical and source and source.status == "design":
            message = f"the policy's source “{source.id}” is our own design: no clause is official"
            self.reading.add(status, message, "write “status: typical”")
        return self.source

    def _event(self, node: Node) -> str | None:
        """The id of the date fact that chooses the version, checked."""
        event = node.get("event")
        if event is None:
            return None
        expressions = self.builder.expressions
        known = expressions.names.get(event.text())
        if known is not None and known.kind == "fact":
            fact = expressions.facts.get(known.id)
            if fact is not None and fact.spec.type != "date":
                message = f"the event “{event.text()}” is of type {fact.spec.type}, not date"
                self.reading.add(event, message, "name a fact of type date")
            return known.id
        if not self.reading.knows_all("facts/"):
            return None
        dates = [word for word, fact in expressions.facts.items() if fact.spec.type == "date"]
        mend = did_you_mean(event.text(), dates, otherwise="name a fact of type date")
        self.reading.add(event, f"there is no fact “{event.text()}”", mend)
        return None
