"""Production: PostgreSQL, SMTP, HTTPS only. The configuration has no errors when this is reached; warnings are said."""

import sys

import environ

from compliance_app.config_validator import describe
from compliance_app.configuration_variables import SMTP_BACKEND
from compliance_app.settings.base import *  # noqa: F403
from compliance_app.settings.base import BASE_DIR, CONFIGURATION, PROXY_COUNT
from compliance_app.settings.rest import REST_FRAMEWORK

DEBUG = False  # whatever the environment says
ALLOWED_HOSTS = list(CONFIGURATION.values["ALLOWED_HOSTS"])
SECRET_KEY = CONFIGURATION.values["SECRET_KEY"]
EMAIL_BACKEND = SMTP_BACKEND
DATABASES = {
    "default": {
        **environ.Env.db_url_config(CONFIGURATION.values["DATABASE_URL"]),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
}
# Limits by address are counted by every web process together.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": CONFIGURATION.values["REDIS_URL"]}
}
WHITENOISE_USE_FINDERS = False  # collectstatic has run
STATIC_ROOT = BASE_DIR / "staticfiles"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "compliance_app.static_files.CollectedFiles"},
}

# TLS ends at the platform's proxy, which sets this header; without it every request looks like http and is redirected
# for ever. The application server must not be reachable past that proxy.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
REST_FRAMEWORK = {**REST_FRAMEWORK, "NUM_PROXIES": PROXY_COUNT}
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

if CONFIGURATION.warnings:
    sys.stderr.write("\n".join(describe(CONFIGURATION)) + "\n")
