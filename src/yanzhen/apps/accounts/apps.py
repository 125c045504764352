from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "yanzhen.apps.accounts"
    verbose_name = "账号"
