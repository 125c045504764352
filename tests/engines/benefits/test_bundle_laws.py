"""Laws that hold for every set of offers."""

from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from yanzhen.engines.benefits import Cap, Group, Offer, Receipt, best_bundle, receipts_of
from yanzhen.engines.benefits.choose import choose_best, maximal_choices

laws = settings(deadline=None, max_examples=150)

RULES = [
    Group("g0", "就高"),
    Group("g1", "就高"),
    Group("g2", "补差"),
    Group("g3", "首次"),
    Group("g4", "限次", 2),
    Group("g5", "叠加"),
]
YEAR = 2026

money = st.integers(0, 3000).map(lambda fen: Decimal(fen) / 100)
groups = st.lists(st.sampled_from(RULES), max_size=3, unique=True).map(tuple)
drawn_offers = st.builds(
    Offer,
    clause=st.just(""),
    amount=money,
    groups=groups,
    matter=st.sampled_from(["", "plant"]),
    priority=st.integers(0, 2),
)


def numbered(offers):
    return [replace(offer, clause=f"c{place:02}") for place, offer in enumerate(offers)]


offer_lists = st.lists(drawn_offers, max_size=9).map(numbered)
histories = st.lists(
    st.builds(
        Receipt,
        clause=st.sampled_from([f"c{place:02}" for place in range(9)] + ["old"]),
        amount=money,
        year=st.integers(YEAR - 3, YEAR),
        groups=st.lists(st.sampled_from([g.id for g in RULES]), max_size=2, unique=True).map(tuple),
        matter=st.sampled_from(["", "plant"]),
        higher=st.booleans(),
        predecessor=st.sampled_from(["", "旧厂"]),
    ),
    max_size=4,
)
caps = st.lists(
    st.one_of(
        st.builds(Cap, amount=money),
        st.builds(Cap, scope=st.just("matter"), of=st.just("plant"), amount=money),
        st.builds(Cap, scope=st.just("clause"), of=st.just("c00"), amount=money),
    ),
    max_size=3,
)
cuts = st.sampled_from(["proportional", "priority"])


def exclude_each_other(one, other):
    shared = {g.id for g in one.groups if g.rule != "叠加"} & {g.id for g in other.groups}
    return bool(shared) and one.matter == other.matter


def limit(caps, scope, of=""):
    amounts = [cap.amount for cap in caps if (cap.scope, cap.of) == (scope, of)]
    return min(amounts, default=Decimal("Infinity"))


def worth(offers, caps):
    """Σ of one choice under the caps, without history."""
    by_matter = {"": Decimal(0), "plant": Decimal(0)}
    for offer in offers:
        by_matter[offer.matter] += min(offer.amount, limit(caps, "clause", offer.clause))
    inside = by_matter[""] + min(by_matter["plant"], limit(caps, "matter", "plant"))
    return min(inside, limit(caps, "enterprise"))


def best_by_brute_force(offers, caps):
    return max(
        worth(choice, caps)
        for size in range(len(offers) + 1)
        for choice in combinations(offers, size)
        if not any(exclude_each_other(a, b) for a, b in combinations(choice, 2))
    )


@laws
@given(offer_lists, caps, cuts)
def test_total_is_the_best_of_all_choices(offers, caps, cut):
    bundle = best_bundle(offers, year=YEAR, caps=caps, cut=cut)

    assert bundle.total == best_by_brute_force(offers, caps)


@laws
@given(
    st.lists(st.integers(0, 12), min_size=1, max_size=12).flatmap(
        lambda weights: st.tuples(
            st.just(weights),
            st.lists(
                st.lists(st.integers(0, len(weights) - 1), max_size=4, unique=True), max_size=8
            ),
        )
    )
)
def test_choice_is_the_one_brute_force_finds_ties_included(drawn):
    weights, cliques = drawn
    count = len(weights)
    choices = [
        choice
        for size in range(count + 1)
        for choice in combinations(range(count), size)
        if all(weights[place] for place in choice)
        and not any(len(set(clique) & set(choice)) > 1 for clique in cliques)
    ]

    chosen = choose_best(weights, cliques)

    best = min(choices, key=lambda c: (-sum(weights[place] for place in c), len(c), c))
    assert tuple(sorted(chosen)) == best


@laws
@given(
    st.integers(1, 9).flatmap(
        lambda count: st.tuples(
            st.just(count),
            st.lists(st.lists(st.integers(0, count - 1), max_size=4, unique=True), max_size=6),
        )
    )
)
def test_maximal_choices_are_all_that_nothing_can_be_added_to(drawn):
    count, cliques = drawn
    free = [
        set(choice)
        for size in range(count + 1)
        for choice in combinations(range(count), size)
        if not any(len(set(clique) & set(choice)) > 1 for clique in cliques)
    ]

    found = [set(choice) for choice in maximal_choices(count, cliques)]

    expected = [choice for choice in free if not any(choice < other for other in free)]
    assert sorted(map(sorted, found)) == sorted(map(sorted, expected))


@laws
@given(offer_lists, histories, caps, cuts)
def test_every_offer_is_paid_or_refused_with_a_reason(offers, history, caps, cut):
    bundle = best_bundle(offers, year=YEAR, history=history, caps=caps, cut=cut)

    told = [line.clause for line in bundle.lines] + [one.clause for one in bundle.rejected]
    assert sorted(told) == [offer.clause for offer in offers]
    assert all(one.why for one in bundle.rejected)
    assert all(line.amount > 0 for line in bundle.lines)


@laws
@given(offer_lists, histories, caps, cuts)
def test_sums_are_exact_and_within_offers_and_caps(offers, history, caps, cut):
    bundle = best_bundle(offers, year=YEAR, history=history, caps=caps, cut=cut)

    assert bundle.total == sum(line.amount for line in bundle.lines)
    assert all(line.amount <= line.entitled <= line.offered for line in bundle.lines)
    this_year = sum(r.amount for r in history if r.year == YEAR and not r.higher)
    assert bundle.total == 0 or bundle.total + this_year <= limit(caps, "enterprise")
    assert all(line.amount == line.amount.quantize(Decimal("0.01")) for line in bundle.lines)


@laws
@given(offer_lists, histories, caps, cuts, drawn_offers)
def test_one_more_offer_never_lowers_the_total(offers, history, caps, cut, one_more):
    more = [*offers, replace(one_more, clause="zz")]

    before = best_bundle(offers, year=YEAR, history=history, caps=caps, cut=cut)
    after = best_bundle(more, year=YEAR, history=history, caps=caps, cut=cut)

    assert after.total >= before.total


@laws
@given(offer_lists, histories, caps, cuts, st.randoms(use_true_random=False))
def test_order_of_input_does_not_matter(offers, history, caps, cut, random):
    mixed = random.sample(offers, len(offers))

    bundle = best_bundle(mixed, year=YEAR, history=history, caps=caps, cut=cut)

    assert bundle == best_bundle(offers, year=YEAR, history=history, caps=caps, cut=cut)


@laws
@given(offer_lists, histories, caps, cuts)
def test_what_was_paid_is_not_paid_again(offers, history, caps, cut):
    first = best_bundle(offers, year=YEAR, history=history, caps=caps, cut=cut)
    had = [*history, *receipts_of(first, offers)]

    second = best_bundle(offers, year=YEAR, history=had, caps=caps, cut=cut)

    assert second.total == 0
