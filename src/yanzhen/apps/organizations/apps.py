from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    name = "yanzhen.apps.organizations"
    verbose_name = "部门与机构"
