from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from yanzhen.web import nav


class InsightConfig(AppConfig):
    name = "yanzhen.apps.insight"
    verbose_name = "综合视图"

    def ready(self) -> None:
        """Add the entries of this app."""
        nav.register(nav.Item("bottom", 20, _("企业档案"), "insight:mine", "own.facts"))
        nav.register(nav.Item("rail", 20, _("企业"), "insight:enterprise_list", "enterprise.list"))
