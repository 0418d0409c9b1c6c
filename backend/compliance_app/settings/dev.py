"""Development: runs on a bare machine, with no server, no token and no mail."""

import os

import environ
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

from compliance_app.configuration_variables import CONSOLE_BACKEND
from compliance_app.settings.base import *  # noqa: F403
from compliance_app.settings.base import CONFIGURATION, DATA_DIR, SERVED_BY_UP

# ``./compliance up`` serves people: its pages never show a traceback.
DEBUG = os.environ.get(SERVED_BY_UP) is None
ALLOWED_HOSTS = ["*"]
# Without a key of one's own, signatures last as long as the process: no key that everybody knows.
SECRET_KEY = CONFIGURATION.values["SECRET_KEY"] or get_random_secret_key()
EMAIL_BACKEND = CONFIGURATION.values["EMAIL_BACKEND"] or CONSOLE_BACKEND

if CONFIGURATION.values["DATABASE_URL"]:
    DATABASES = {"default": environ.Env.db_url_config(CONFIGURATION.values["DATABASE_URL"])}
else:
    try:
        DATA_DIR.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"DATA_DIR: {error.strerror}. Укажите другую папку.") from error
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA_DIR / "db.sqlite3",
            # Tests claim steps from several threads; an in-memory database would lock whole tables between them.
            "TEST": {"NAME": DATA_DIR / "test.sqlite3"},
            "OPTIONS": {
                "timeout": 20,  # seconds
                # A transaction that reads first and writes later cannot wait for the lock; IMMEDIATE takes it at once.
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    }
