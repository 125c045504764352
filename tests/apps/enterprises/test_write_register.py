from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from tests import make

from yanzhen.apps.enterprises.enums import IdentifierKind, SuccessionKind
from yanzhen.apps.enterprises.models import (
    Enterprise,
    EnterpriseName,
    GridMembership,
    Identifier,
    RegistryState,
    Succession,
)
from yanzhen.apps.enterprises.register import register_faults
from yanzhen.apps.enterprises.services import RegisterReport, assign_grids
from yanzhen.apps.enterprises.services import register as register_service
from yanzhen.packs.model import Grid

pytestmark = pytest.mark.django_db

LATER = make.DAY + timedelta(days=10)
EVE = LATER - timedelta(days=1)


def _periods(rows):
    return [(str(row), row.start, row.end) for row in rows.order_by("start")]


def test_write_register_keeps_present_values_and_opens_every_history():
    row = make.register_row(1, registration_number="330802000000001", zone="样例新城")

    report = make.register(row)

    one = Enterprise.objects.get(uscc=make.code(1))
    assert report == RegisterReport(added=1)
    assert (one.district, one.zone, one.town, one.sector) == ("330802", "Z-1", "330802001", "C")
    assert (one.grid, one.community) == ("g3", "c1")
    assert one.registered_capital_yuan == Decimal("5000000.00")
    assert _periods(one.names) == [("小样市第1号机械有限公司", date(2015, 3, 1), None)]
    assert _periods(one.addresses) == [("样例路 1 号", date(2015, 3, 1), None)]
    assert _periods(one.representatives) == [("甲", date(2015, 3, 1), None)]
    assert _periods(one.grids) == [("g3", make.DAY, None)]
    kinds = {i.kind: i.code for i in one.identifiers.all()}
    assert kinds == {"uscc": make.code(1), "registration": "330802000000001"}


def test_write_register_twice_changes_nothing():
    rows = [make.register_row(n) for n in range(3)]
    make.register(*rows)
    revision = RegistryState.objects.get().revision

    report = make.register(*rows, as_of=LATER)

    assert report == RegisterReport(unchanged=3)
    assert RegistryState.objects.get().revision == revision
    assert EnterpriseName.objects.count() == 3


def test_write_register_closes_the_period_of_what_changed_and_of_nothing_else():
    make.register(make.register_row(1))

    report = make.register(
        make.register_row(1, name="小样市新名机械有限公司", town="二镇", district="衢江区"),
        as_of=LATER,
    )

    one = Enterprise.objects.get()
    assert report == RegisterReport(changed=1)
    assert (one.name, one.district, one.grid) == ("小样市新名机械有限公司", "330803", "g2")
    assert _periods(one.names) == [
        ("小样市第1号机械有限公司", date(2015, 3, 1), EVE),
        ("小样市新名机械有限公司", LATER, None),
    ]
    assert _periods(one.grids) == [("g1", make.DAY, EVE), ("g2", LATER, None)]
    assert len(_periods(one.representatives)) == 1


def test_write_register_on_the_day_of_a_change_amends_that_change():
    make.register(make.register_row(1))
    make.register(make.register_row(1, representative="乙"), as_of=LATER)

    make.register(make.register_row(1, representative="丙"), as_of=LATER)

    one = Enterprise.objects.get()
    assert [(str(p), p.start) for p in one.representatives.order_by("start")] == [
        ("甲", date(2015, 3, 1)),
        ("丙", LATER),
    ]


def test_write_register_ends_the_grid_of_a_closed_enterprise():
    make.register(make.register_row(1))

    make.register(make.register_row(1, status="注销", closed_on=LATER), as_of=LATER)

    one = Enterprise.objects.get()
    assert (one.grid, one.community) == ("", "")
    assert _periods(one.grids) == [("g1", make.DAY, EVE)]


def test_write_register_keeps_a_code_whose_check_digit_fails_with_a_warning():
    wrong = make.code(1)[:-1] + ("0" if make.code(1)[-1] != "0" else "1")

    make.register(make.register_row(1, uscc=wrong), make.register_row(2))

    flags = Enterprise.objects.order_by("uscc").values_list("uscc", "code_warning")
    assert dict(flags) == {wrong: True, make.code(2): False}


def test_write_register_links_an_upgraded_shop_to_its_predecessor():
    shop = make.code(7, prefix="92")

    make.register(make.register_row(1, predecessor=shop))

    link = Succession.objects.get()
    assert (link.predecessor, link.kind, link.day) == (
        shop,
        SuccessionKind.UPGRADE,
        date(2015, 3, 1),
    )


def test_write_register_keeps_old_registration_numbers():
    make.register(make.register_row(1, registration_number="330802000000001"))

    make.register(make.register_row(1, registration_number="330802000000028"), as_of=LATER)

    old = Identifier.objects.filter(kind=IdentifierKind.REGISTRATION)
    assert _periods(old) == [
        ("330802000000001", date(2015, 3, 1), EVE),
        ("330802000000028", LATER, None),
    ]


def test_write_register_goes_on_where_it_was_stopped(monkeypatch):
    monkeypatch.setattr(register_service, "CHUNK", 2)
    rows = [make.register_row(n) for n in range(5)]
    table = make.register_table(*rows)
    done = []

    def stop(rows_done, _total):
        if rows_done > 2:
            raise KeyboardInterrupt
        done.append(rows_done)

    with pytest.raises(KeyboardInterrupt):
        register_service.write_register(table, city=make.city(), as_of=make.DAY, on_chunk=stop)
    assert Enterprise.objects.count() == 2

    report = register_service.write_register(
        table, city=make.city(), as_of=make.DAY, start=done[-1]
    )

    assert report == RegisterReport(added=3)
    assert Enterprise.objects.count() == 5


def test_register_faults_names_what_the_registry_cannot_take():
    table = make.register_table(
        make.register_row(1, name="长" * 201),
        make.register_row(2, closed_on=date(2014, 1, 1)),
        make.register_row(3),
    )

    faults = register_faults(table)

    assert [(f.row, f.column, f.text) for f in faults] == [
        (0, "name", "超过 200 个字：请缩短"),
        (1, "closed_on", "注销日期早于成立日期：请核对两个日期"),
    ]


def test_nobody_is_in_two_grids_on_one_day():
    one = make.enterprise(1)

    with pytest.raises(IntegrityError), transaction.atomic():
        GridMembership.objects.create(
            enterprise=one, grid="g2", community="c2", start=date(2020, 1, 1), end=make.DAY
        )

    earlier = GridMembership.objects.create(
        enterprise=one,
        grid="g2",
        community="c2",
        start=date(2020, 1, 1),
        end=make.DAY - timedelta(days=1),
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        GridMembership.objects.filter(pk=earlier.pk).update(end=make.DAY)


def test_assign_grids_moves_enterprises_when_the_grids_change():
    make.register(make.register_row(1), make.register_row(2, town="二镇", district="衢江区"))
    city = make.city(grids=(Grid("g9", "全市网格", "c2"),))

    moved = assign_grids(city, on=LATER)

    assert moved == 2
    assert set(Enterprise.objects.values_list("grid", "community")) == {("g9", "c2")}
    first = Enterprise.objects.get(uscc=make.code(1))
    assert _periods(first.grids) == [("g1", make.DAY, EVE), ("g9", LATER, None)]
    assert assign_grids(city, on=LATER + timedelta(days=1)) == 0
