"""Settings shared by development and production.

Every value that comes from outside has passed the validator: nothing here reads the environment a second time.
"""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from compliance_app.config_validator import ADVICE, describe, read_configuration
from compliance_app.configuration_values import REPOSITORY
from compliance_app.configuration_variables import DEVELOPMENT, SECRET_NAMES
from compliance_app.log_format import logging_settings
from compliance_app.settings.rest import *  # noqa: F403
from compliance_app.settings.security import *  # noqa: F403
from compliance_app.settings.security import content_security_policy

CONFIGURATION = read_configuration(os.environ)
if not CONFIGURATION.valid:
    raise ImproperlyConfigured("\n".join([*describe(CONFIGURATION), "", ADVICE]))

_values = CONFIGURATION.values

DJANGO_ENV: str = _values["DJANGO_ENV"]
BASE_DIR = REPOSITORY
MODELS_DIR = REPOSITORY / "models"
DATA_DIR: Path = _values["DATA_DIR"]
TEMP_DIR: Path = _values["TEMP_DIR"]

SERVED_BY_UP = "COMPLIANCE_SERVED_BY_UP"
"""Set by ``./compliance up`` for the processes that it starts."""

# Django
INSTALLED_APPS = [
    "operations.admin_config.SupportAdminConfig",  # django.contrib.admin with our site
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_filters",
    "django_htmx",
    "django_structlog",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "knox",
    "rest_framework",
    "accounts",
    "billing",
    "videos",
    "reports",
    "webhooks",
    "pipeline",
    "api",
    "web",
    "operations",
    "cli",
]
MIDDLEWARE = [
    "api.request_ids.RequestIds",
    "django.middleware.security.SecurityMiddleware",
    "operations.response_headers.ResponseHeaders",
    "csp.middleware.CSPMiddleware",
    "operations.compressed_files.CompressedFiles",
    "whitenoise.middleware.WhiteNoiseMiddleware",  # what follows is only for what is no static file
    "operations.request_log.RequestLog",  # somewhere after api.request_ids
    "operations.request_metrics.RequestMetrics",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "api.error_answers.ErrorAnswers",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "web.appearance.LanguageOfPerson",
    "web.local_time.LocalTime",
    "accounts.seen_sessions.SeenSessionMiddleware",
    "web.password_first.PasswordFirstMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",  # last: it answers for a locked account
]
ROOT_URLCONF = "compliance_app.urls"
WSGI_APPLICATION = "compliance_app.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "web.shell.shell",
            ]
        },
    }
]
AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "ru"
LANGUAGES = [("ru", "Русский"), ("en", "English")]
LOCALE_PATHS = [REPOSITORY / "backend" / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True  # without collectstatic the files are served from where they lie
WHITENOISE_AUTOREFRESH = False

EMAIL_HOST: str = _values["EMAIL_HOST"]
EMAIL_PORT: int = _values["EMAIL_PORT"]
EMAIL_HOST_USER: str = _values["EMAIL_HOST_USER"] or ""
EMAIL_HOST_PASSWORD: str = _values["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS: bool = _values["EMAIL_USE_TLS"]
DEFAULT_FROM_EMAIL: str = _values["DEFAULT_FROM_EMAIL"]
SERVER_EMAIL = DEFAULT_FROM_EMAIL

METRICS_TOKEN: str | None = _values["METRICS_TOKEN"]
PIPELINE_LOG: str = _values["PIPELINE_LOG"]  # file or stdout; the log of requests goes the same way
LOGGING_CONFIG = "compliance_app.log_format.configure_logging"
LOGGING = logging_settings(
    folder=DATA_DIR / "logs",
    to_stdout=PIPELINE_LOG == "stdout",
    secrets=[str(_values[name]) for name in sorted(SECRET_NAMES) if _values[name] is not None],
)

# Which videos are accepted, and how closely they are looked at
MAX_VIDEO_FILE_SIZE: int = _values["MAX_VIDEO_FILE_SIZE"]  # bytes
MAX_VIDEO_DURATION: int = _values["MAX_VIDEO_DURATION"]  # seconds
ALLOWED_VIDEO_FORMATS: tuple[str, ...] = _values["ALLOWED_VIDEO_FORMATS"]
FRAME_EXTRACTION_FPS: float = _values["FRAME_EXTRACTION_FPS"]

# Proxies in front of the application, in production
PROXY_COUNT: int = _values["PROXY_COUNT"]

# Minutes of video that a new client begins with
SIGNUP_MINUTES: int = _values["SIGNUP_MINUTES"]

# The owner's own dictionaries
PROFANITY_DICT_PATH: Path | None = _values["PROFANITY_DICT_PATH"]
BRAND_DICT_PATH: Path | None = _values["BRAND_DICT_PATH"]
STOPWORDS_DICT_PATH: Path | None = _values["STOPWORDS_DICT_PATH"]

# The owner's own policy packs
PACKS_DIR: Path | None = _values["PACKS_DIR"]

# Remote models
REPLICATE_API_TOKEN: str | None = _values["REPLICATE_API_TOKEN"]
REPLICATE_TIMEOUT: int = _values["REPLICATE_TIMEOUT"]  # seconds
WHISPER_MODEL_ID: str = _values["WHISPER_MODEL_ID"]
YOLO_MODEL_ID: str = _values["YOLO_MODEL_ID"]
NSFW_MODEL_ID: str = _values["NSFW_MODEL_ID"]
VIOLENCE_MODEL_ID: str = _values["VIOLENCE_MODEL_ID"]
OCR_MODEL_ID: str = _values["OCR_MODEL_ID"]

# Storage
STORAGE_BACKEND: str = _values["STORAGE_BACKEND"] or ("local" if DJANGO_ENV == DEVELOPMENT else "b2")
BACKBLAZE_ENDPOINT_URL: str | None = _values["BACKBLAZE_ENDPOINT_URL"]
BACKBLAZE_APPLICATION_KEY_ID: str | None = _values["BACKBLAZE_APPLICATION_KEY_ID"]
BACKBLAZE_APPLICATION_KEY: str | None = _values["BACKBLAZE_APPLICATION_KEY"]
BACKBLAZE_BUCKET_NAME: str | None = _values["BACKBLAZE_BUCKET_NAME"]
B2_MAX_RETRIES: int = _values["B2_MAX_RETRIES"]
B2_RETRY_BACKOFF: float = _values["B2_RETRY_BACKOFF"]
B2_RETRY_BACKOFF_MAX: int = _values["B2_RETRY_BACKOFF_MAX"]  # seconds
CLOUDFLARE_CDN_URL: str | None = _values["CLOUDFLARE_CDN_URL"]

# Only a bucket is asked by browsers themselves; its objects are never behind the CDN while they are private.
CONTENT_SECURITY_POLICY = content_security_policy(BACKBLAZE_ENDPOINT_URL if STORAGE_BACKEND == "b2" else None)

# Requests to addresses that users give
OUTBOUND_ALLOWED_HOSTS: tuple[str, ...] = _values["OUTBOUND_ALLOWED_HOSTS"] or ()

# Workers
REDIS_URL: str | None = _values["REDIS_URL"]
CELERY_WORKER_MAX_TASKS_PER_CHILD: int = _values["CELERY_WORKER_MAX_TASKS_PER_CHILD"]
