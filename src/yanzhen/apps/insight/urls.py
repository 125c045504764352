"""Addresses of the insight app."""

from django.urls import path

from yanzhen.apps.insight.views import portal, workbench

app_name = "insight"

urlpatterns = [
    path("my/facts/", portal.mine, name="mine"),
    path("enterprises/", workbench.enterprise_list, name="enterprise_list"),
    path("enterprises/export/", workbench.enterprise_export, name="enterprise_export"),
    path("enterprises/<str:uscc>/", workbench.enterprise_detail, name="enterprise_detail"),
    path(
        "enterprises/<str:uscc>/<slug:policy_id>/<slug:clause_id>/",
        workbench.enterprise_verdict,
        name="enterprise_verdict",
    ),
]
