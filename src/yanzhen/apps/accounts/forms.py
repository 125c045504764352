"""The sign-in form (登录)."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_lazy as _

from yanzhen.apps.accounts import attempts
from yanzhen.apps.accounts.models import User

LOCKED = "登录失败次数过多，请 15 分钟后再试。"


class SignInForm(forms.Form):
    """Account and password; says only that the pair is wrong, not which half.

    An unknown account costs the same time as a known one: Django hashes the password anyway.
    """

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
        username, password = data.get("username", ""), data.get("password", "")
        if attempts.is_locked(self.request, username):
            raise forms.ValidationError(gettext_lazy(LOCKED))
        user = authenticate(self.request, username=username, password=password)
        if not isinstance(user, User):
            attempts.count_failure(self.request, username)
            raise forms.ValidationError(_("账号或密码不对，请核对后再试。"))
        attempts.forget_failures(self.request, username)
        self.user = user
        return data
