from django.apps import AppConfig


class FactsConfig(AppConfig):
    name = "yanzhen.apps.facts"
    verbose_name = "事实库"
