"""Addresses of the studio app."""

from django.urls import path

from yanzhen.apps.studio.views import workbench

app_name = "studio"

urlpatterns = [
    path("city/", workbench.city, name="city"),
    path("city/diff/<int:old>/<int:new>/", workbench.city_diff, name="city_diff"),
    path("data/", workbench.data, name="data"),
]
