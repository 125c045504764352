"""People who sign in, and the enterprises they act for (账号与企业授权)."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from yanzhen.apps.accounts.enums import Role
from yanzhen.apps.accounts.rules import permissions_of


class UserManager(BaseUserManager["User"]):
    """Makes accounts with a hashed password."""

    def create_user(self, username: str, *, role: Role, password: str, **extra: str) -> "User":
        """One account; ``extra`` are the fields that tie it to a unit, grid or community."""
        user = self.model(username=username, role=role, **extra)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser):
    """One account of one person in one role (账号).

    ``unit`` is the id of the organization the person works for; ``community`` and ``grid`` tie a
    community head and a grid officer to their area. They are ids, not keys: this app knows
    nothing of organizations and territory.
    """

    username = models.CharField("账号", max_length=64, unique=True)
    title = models.CharField("称呼", max_length=64, blank=True)
    role = models.CharField("角色", max_length=16, choices=Role)
    unit = models.CharField("单位", max_length=64, blank=True)
    community = models.CharField("企业社区", max_length=32, blank=True)
    grid = models.CharField("网格", max_length=32, blank=True)
    is_active = models.BooleanField("可登录", default=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"

    class Meta:
        verbose_name = "账号"
        verbose_name_plural = "账号"

    def __str__(self) -> str:
        return self.title or self.username

    def may(self, permission: str) -> bool:
        """Whether this person may do what ``permission`` names."""
        return self.is_active and permission in permissions_of(self.role)

    def enterprise_usccs(self) -> list[str]:
        """Codes of the enterprises this person acts for, in the order they were granted."""
        return list(self.enterprises.order_by("pk").values_list("uscc", flat=True))


class EnterpriseLink(models.Model):
    """A person may act for an enterprise (企业授权)."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="enterprises")
    uscc = models.CharField("统一社会信用代码", max_length=18)

    class Meta:
        verbose_name = "企业授权"
        constraints = [
            models.UniqueConstraint(fields=["user", "uscc"], name="enterprise_link_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} → {self.uscc}"
