"""Addresses of the accounts app."""

from django.urls import path

from yanzhen.apps.accounts.views import public

app_name = "accounts"

urlpatterns = [
    path("sign-in/", public.sign_in, name="sign_in"),
    path("sign-out/", public.sign_out, name="sign_out"),
]
