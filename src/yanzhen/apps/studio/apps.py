from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from yanzhen.web import nav


class StudioConfig(AppConfig):
    name = "yanzhen.apps.studio"
    verbose_name = "规则工作室"

    def ready(self) -> None:
        """Add the entries of this app."""
        nav.register(nav.Item("rail", 90, _("城市文件夹"), "studio:city", "city.read"))
        nav.register(nav.Item("rail", 80, _("数据"), "studio:data", "data.read"))
