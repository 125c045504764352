"""Is the site up (健康检查)."""

from django.db import connection
from django.http import HttpRequest, JsonResponse

from yanzhen.web.access import permit


@permit("public:health")
def healthz(_request: HttpRequest) -> JsonResponse:
    """200 when the database answers; what an outside monitor asks."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return JsonResponse({"status": "ok", "database": connection.vendor})
