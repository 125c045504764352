from django.apps import AppConfig


class StudioConfig(AppConfig):
    name = "yanzhen.apps.studio"
    verbose_name = "规则工作室"
