"""Every address of the site. A view without a declared permission answers 403 to everybody."""

from django.urls import include, path

from yanzhen.apps.accounts.views.public import home
from yanzhen.web.health import healthz
from yanzhen.web.preferences import elder, language

urlpatterns = [
    path("", home, name="home"),
    path("healthz", healthz, name="healthz"),
    path("language/", language, name="language"),
    path("elder/", elder, name="elder"),
    path("account/", include("yanzhen.apps.accounts.urls")),
    path("", include("yanzhen.apps.policies.urls")),
    path("", include("yanzhen.apps.insight.urls")),
    path("", include("yanzhen.apps.studio.urls")),
]
