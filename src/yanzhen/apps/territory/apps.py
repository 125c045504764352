from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    name = "yanzhen.apps.territory"
    verbose_name = "区划与网格"
