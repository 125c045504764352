"""The city's name for every page (站点名)."""

from django.http import HttpRequest
from django.utils.translation import get_language

from yanzhen.apps.organizations.city import current_city


def site(_request: HttpRequest) -> dict[str, str]:
    """The label of the city in the language of the page."""
    label = current_city().label
    return {"site": label.en if get_language() == "en" else label.zh}
