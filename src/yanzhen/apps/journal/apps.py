from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "yanzhen.apps.journal"
    verbose_name = "日志"
