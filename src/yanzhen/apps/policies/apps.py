from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    name = "yanzhen.apps.policies"
    verbose_name = "惠企政策"
