from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "yanzhen.web"
    verbose_name = "外壳"
