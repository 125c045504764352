"""Names of places and units of the city (城市名称)."""

from django import template

from yanzhen.apps.organizations.city import current_city

register = template.Library()


@register.filter
def place(code: str) -> str:
    """The name of a district, zone, community or grid; the code itself where there is none."""
    city = current_city()
    for row in city.districts:
        if row.code == code:
            return row.name
    names = {c.id: c.name for c in city.communities} | {g.id: g.name for g in city.grids}
    return names.get(code, code)


@register.filter
def unit(code: str) -> str:
    """The short name of an organization; the id itself where there is none."""
    for row in current_city().organizations:
        if row.id == code:
            return row.short or row.name
    return code
