#!/usr/bin/env python3
"""Django's command line. A configuration with errors ends with its sentences on stderr and exit status 3."""

import os
import sys

MISCONFIGURED = 3

if sys.version_info < (3, 11):  # noqa: UP036 - whoever starts it with an older one gets a sentence, not a traceback
    sys.stderr.write("Нужен Python 3.11 или новее. Python 3.11 or newer is needed.\n")
    sys.exit(MISCONFIGURED)

from django.core.exceptions import ImproperlyConfigured  # noqa: E402
from django.core.management import execute_from_command_line  # noqa: E402


def main():
    """Runs the command of ``sys.argv``."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "compliance_app.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as exc:
        sys.stderr.write(f"{exc}\n")
        sys.exit(MISCONFIGURED)


if __name__ == "__main__":
    main()
