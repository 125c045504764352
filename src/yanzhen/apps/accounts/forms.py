"""The sign-in form (登录)."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from yanzhen.apps.accounts.models import User


class SignInForm(forms.Form):
    """Account and password; says only that the pair is wrong, not which half."""

    username = forms.CharField(
        max_length=64, widget=forms.TextInput(attrs={"autocomplete": "username"})
    )
    password = forms.CharField(
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        self.request = request
        self.user: User | None = None
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Check the pair."""
        data = super().clean() or {}
        user = authenticate(
            self.request, username=data.get("username"), password=data.get("password")
        )
        if not isinstance(user, User):
            raise forms.ValidationError(_("账号或密码不对，请核对后再试。"))
        self.user = user
        return data
