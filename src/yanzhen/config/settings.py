"""Settings of the site, all of them readable from the environment.

Every variable begins with ``YANZHEN_``; ``docs/reference/settings.md`` lists them. Without any,
the site runs on SQLite under ``var/`` on the loopback address: the demonstration.
"""

import os
from importlib.util import find_spec
from pathlib import Path

from django.utils.csp import CSP

from yanzhen.config.database import database_from_url
from yanzhen.config.secret import secret_key

ROOT = Path(__file__).resolve().parents[3]
HOME = Path(os.environ.get("YANZHEN_HOME", ROOT / "var"))

YANZHEN_CITY = Path(os.environ.get("YANZHEN_CITY", ROOT / "cities" / "quzhou"))
YANZHEN_DATA_DIR = Path(os.environ.get("YANZHEN_DATA_DIR", HOME / "data"))
YANZHEN_DEMO = os.environ.get("YANZHEN_DEMO", "") == "1"

DEBUG = os.environ.get("YANZHEN_DEBUG", "") == "1"
SECRET_KEY = os.environ.get("YANZHEN_SECRET_KEY") or secret_key(HOME / "secret-key")
ALLOWED_HOSTS = os.environ.get("YANZHEN_HOSTS", "127.0.0.1,localhost").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("YANZHEN_ORIGINS", "").split(",") if o]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks_db",
    # keeps one head of migrations per app; a tool of developers, absent from a plain installation
    *(["django_linear_migrations"] if find_spec("django_linear_migrations") else []),
    "yanzhen.web",
    "yanzhen.apps.accounts",
    "yanzhen.apps.journal",
    "yanzhen.apps.organizations",
    "yanzhen.apps.territory",
    "yanzhen.apps.enterprises",
    "yanzhen.apps.facts",
    "yanzhen.apps.decisions",
    "yanzhen.apps.policies",
    "yanzhen.apps.insight",
    "yanzhen.apps.studio",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "yanzhen.web.access.AccessMiddleware",
]

ROOT_URLCONF = "yanzhen.config.urls"
WSGI_APPLICATION = "yanzhen.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "yanzhen.web.context.shell",
                "yanzhen.apps.organizations.context.site",
            ],
            "builtins": ["yanzhen.web.templatetags.yanzhen"],
        },
    }
]

DATABASES = {
    "default": database_from_url(
        os.environ.get("YANZHEN_DATABASE_URL", ""), HOME / "yanzhen.sqlite3"
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "accounts:sign_in"

SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = os.environ.get("YANZHEN_HTTPS", "") == "1"
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE
SECURE_HSTS_SECONDS = 31_536_000 if SESSION_COOKIE_SECURE else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [ROOT / "src" / "yanzhen" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "yanzhen.web.storage.Storage"
    },
}
WHITENOISE_USE_FINDERS = True

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

SILENCED_SYSTEM_CHECKS = [
    # the demonstration runs over plain HTTP on the loopback address; YANZHEN_HTTPS=1 turns both on
    "security.W004",
    "security.W008",
]
