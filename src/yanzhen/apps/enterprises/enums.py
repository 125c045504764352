"""Fixed words of the registry (登记用语)."""

from django.db.models import TextChoices


class IdentifierKind(TextChoices):
    """Kinds of identifier that an enterprise has or had."""

    USCC = "uscc", "统一社会信用代码"
    REGISTRATION = "registration", "注册号（15 位）"
    ORGANIZATION = "organization", "组织机构代码（9 位）"


class SuccessionKind(TextChoices):
    """How one enterprise came after another."""

    UPGRADE = "upgrade", "个转企"
    MERGER = "merger", "合并"
    DIVISION = "division", "分立"
    MOVED_IN = "moved_in", "迁入"
    OTHER = "other", "承继"
