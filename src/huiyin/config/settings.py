"""One settings module, driven by the environment. Importing it starts nothing.

HUIYIN_HOME         folder of all data (see base.pg.home)
DATABASE_URL        a real PostgreSQL ≥ 15 for the web login; unset = the embedded server
DATABASE_OWNER_URL  the login that owns the tables (migrations, sealing, restore)
HUIYIN_HOSTS        host names, comma separated; HUIYIN_DEBUG=1 only on a desk
HUIYIN_PUBLIC_URL   where residents reach us, as it stands in QR codes: https://huiyin.example.gov.cn
HUIYIN_TILES_URL    map tiles with {z} {x} {y} (and {s}), the key in it; unset = maps without tiles
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict

from huiyin.base import pg
from huiyin.base.rules import tiles
from huiyin.base.rules.secret_files import load_or_create_secrets

ROOT = Path(__file__).resolve().parents[3]
HOME = pg.home()
#: pytest-django reads the settings before conftest.py can set the variable.
TESTING = os.environ.get("HUIYIN_TESTING") == "1" or "pytest" in sys.modules
DEBUG = os.environ.get("HUIYIN_DEBUG") == "1"

HUIYIN_SECRETS = load_or_create_secrets(HOME / "secrets")
SECRET_KEY = HUIYIN_SECRETS.django_key
ALLOWED_HOSTS = [h for h in os.environ.get("HUIYIN_HOSTS", "*").split(",") if h]
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("HUIYIN_ORIGINS", "").split(",") if o]

HUIYIN_PUBLIC_URL = os.environ.get("HUIYIN_PUBLIC_URL", "").rstrip("/")

HUIYIN_CLUSTER = pg.tests() if TESTING else pg.served()
HUIYIN_EMBEDDED = "DATABASE_URL" not in os.environ
_WEB_URL = os.environ.get("DATABASE_URL") or HUIYIN_CLUSTER.url(pg.WEB)
_OWNER_URL = os.environ.get("DATABASE_OWNER_URL") or (
    HUIYIN_CLUSTER.url(pg.OWNER) if HUIYIN_EMBEDDED else _WEB_URL
)


def _database(url: str, *, pool: bool) -> dict[str, Any]:
    parts = conninfo_to_dict(url)
    options: dict[str, Any] = {"application_name": "huiyin"}
    if pool:
        # Django gives psycopg's pool a liveness check only with CONN_HEALTH_CHECKS; without it
        # killed connections come back. The pool itself needs CONN_MAX_AGE=0.
        options["pool"] = {"min_size": 1, "max_size": 8, "timeout": 20}
    options |= {
        k: v for k, v in parts.items() if k not in ("user", "password", "dbname", "host", "port")
    }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.get("dbname", pg.DATABASE),
        "USER": parts.get("user", ""),
        "PASSWORD": parts.get("password", ""),
        "HOST": parts.get("host", ""),
        "PORT": parts.get("port", ""),
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


DATABASES = {
    "default": _database(_WEB_URL, pool=not TESTING),
    "owner": _database(_OWNER_URL, pool=False),
}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "procrastinate.contrib.django",
    "huiyin.base",
    "huiyin.org",
    "huiyin.documents",
    "huiyin.triage",
    "huiyin.messages",
    "huiyin.registers",
    "huiyin.indicators",
    "huiyin.paperwork",
    "huiyin.cases",
    "huiyin.intake",
    "huiyin.communities",
    "huiyin.portal",
    "huiyin.drill",
]
# Our outbox app is called messages, as django's flash framework is: ours carries a label of its own.

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "huiyin.org.middleware.SessionLimits",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "huiyin.base.middleware.RequestLog",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "huiyin.config.urls"
WSGI_APPLICATION = "huiyin.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "huiyin.base.context.screen",
                "huiyin.org.context.person",
            ],
        },
    }
]

LANGUAGE_CODE = "zh-hans"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "org.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "huiyin.org.backends.AccountBackend",
]
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if TESTING
    else ["django.contrib.auth.hashers.Argon2PasswordHasher"]
)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "huiyin.org.passwords.LengthValidator",
        "OPTIONS": {"min_length": 8},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "huiyin.org.passwords.FourKindsValidator"},
]
LOGIN_URL = "/work/login/"
LOGIN_REDIRECT_URL = "/work/"
LOGOUT_REDIRECT_URL = "/work/login/"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
HUIYIN_IDLE_SECONDS = 30 * 60
_HTTPS = os.environ.get("HUIYIN_HTTPS") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
if _HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"

# How many tries and how long: local defaults accounts.*, which the security administrator changes.
AXES_FAILURE_LIMIT = "huiyin.org.locking.failure_limit"
AXES_COOLOFF_TIME = "huiyin.org.locking.cool_off"
#: The account, whatever the address: else it could be tried from many. Office networks share one
#: address, which is therefore never locked; an administrator unlocks an account.
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_LOCKOUT_CALLABLE = "huiyin.org.locking.locked_out"
#: The page says until when; trying earlier does not move that time.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False
AXES_RESET_ON_SUCCESS = True
AXES_SENSITIVE_PARAMETERS: list[str] = []

#: WGS-84 or CGCS2000 (天地图): the same to us. The browser then loads from there, so img-src grows.
HUIYIN_TILES_URL = os.environ.get("HUIYIN_TILES_URL", "")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:", *tiles.origins(HUIYIN_TILES_URL)],
        "media-src": ["'self'", "blob:"],
        "style-src": ["'self'", "'unsafe-inline'"],
        "script-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'"],
    }
}

STATIC_URL = "/static/"
STATICFILES_DIRS = [p for p in [("vendor", ROOT / "var" / "vendor")] if p[1].exists()]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 3600
MEDIA_ROOT = HOME / "media"
DATA_UPLOAD_MAX_MEMORY_SIZE = 30 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

SILENCED_SYSTEM_CHECKS: list[str] = []
TEST_RUNNER = "django.test.runner.DiscoverRunner"
PROCRASTINATE_ON_APP_READY = "huiyin.base.services.jobs.on_app_ready"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "huiyin.base.logs.JsonLine"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("HUIYIN_LOG", "WARNING")},
    "loggers": {"huiyin": {"level": os.environ.get("HUIYIN_LOG", "INFO"), "propagate": True}},
}
