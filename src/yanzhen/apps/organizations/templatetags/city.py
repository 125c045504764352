"""Names of places and units of the city (城市名称)."""

from django import template

from yanzhen.apps.organizations.city import place_name, unit_name

register = template.Library()

register.filter("place", place_name)
register.filter("unit", unit_name)
