"""Versions of the city folder that this site has run on (城市文件夹版本)."""

from pathlib import Path

from django.conf import settings
from django.db import models


class CityVersion(models.Model):
    """One state of the city folder, kept whole as an archive so that two can be compared."""

    city = models.CharField("城市", max_length=64)
    version = models.CharField("版本", max_length=32)
    hash = models.CharField("内容摘要", max_length=64, unique=True)
    archive = models.CharField("存档", max_length=200)
    loaded_at = models.DateTimeField("启用时间", auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = "城市文件夹版本"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.city} {self.version} {self.hash[:12]}"

    @property
    def archive_file(self) -> Path:
        """Where the archive lies."""
        return Path(settings.YANZHEN_DATA_DIR) / self.archive
