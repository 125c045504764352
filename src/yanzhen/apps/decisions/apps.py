from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "yanzhen.apps.decisions"
    verbose_name = "规则决策"
