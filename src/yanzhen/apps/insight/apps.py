from django.apps import AppConfig


class InsightConfig(AppConfig):
    name = "yanzhen.apps.insight"
    verbose_name = "综合视图"
