#!/usr/bin/env python3
"""Django's command line. A configuration with errors ends with its sentences on stderr and exit status 3."""

import os
import sys

MISCONFIGURED = 3

if sys.version_info < (3, 11):  # noqa: UP036 - whoever starts it with an older one gets a sentence, not a traceback
    sys.stderr.write("Нужен Python 3.11 или новее. Python 3.11 or newer is needed.\n")
    sys.exit(MISCONFIGURED)

INTERRUPTED = 130

try:
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "compliance_app.settings")
    execute_from_command_line(sys.argv)
except KeyboardInterrupt:
    # Ctrl-C while everything is still being loaded.
    sys.stderr.write("\n")
    sys.exit(INTERRUPTED)
except ModuleNotFoundError as exc:
    if exc.name != "django":
        raise
    sys.stderr.write("Пакеты не установлены: запустите ./compliance. Packages are missing: start ./compliance.\n")
    sys.exit(MISCONFIGURED)
except ImproperlyConfigured as exc:
    sys.stderr.write(f"{exc}\n")
    sys.exit(MISCONFIGURED)
