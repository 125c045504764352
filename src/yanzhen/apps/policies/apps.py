from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from yanzhen.web import nav


class PoliciesConfig(AppConfig):
    name = "yanzhen.apps.policies"
    verbose_name = "惠企政策"

    def ready(self) -> None:
        """Add the entries of this app."""
        nav.register(nav.Item("bottom", 10, _("政策"), "policies:mine", "own.policies"))
        nav.register(nav.Item("rail", 40, _("政策"), "policies:workshop", "policy.read"))
