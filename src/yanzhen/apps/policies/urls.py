"""Addresses of the policies app."""

from django.urls import path

from yanzhen.apps.policies.views import portal, public, workbench

app_name = "policies"

urlpatterns = [
    path("policies/", public.catalogue, name="catalogue"),
    path("policies/<slug:policy_id>/", public.policy_detail, name="policy_detail"),
    path("my/policies/", portal.mine, name="mine"),
    path("my/policies/<slug:policy_id>/<slug:clause_id>/", portal.mine_detail, name="mine_detail"),
    path("workshop/", workbench.workshop, name="workshop"),
    path("workshop/runs/", workbench.run_list, name="run_list"),
    path("workshop/runs/start/", workbench.run_start, name="run_start"),
    path("workshop/runs/<int:pk>/", workbench.run_detail, name="run_detail"),
    path("workshop/runs/<int:pk>/cancel/", workbench.run_cancel, name="run_cancel"),
    path("workshop/decisions/<slug:name>/", workbench.decision_detail, name="decision_detail"),
    path(
        "workshop/<slug:policy_id>/<slug:clause_id>/", workbench.clause_board, name="clause_board"
    ),
]
