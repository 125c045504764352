from django.apps import AppConfig


class EnterprisesConfig(AppConfig):
    name = "yanzhen.apps.enterprises"
    verbose_name = "企业"
