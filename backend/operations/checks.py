"""Values that are each fine and do not go together: said by ``manage.py check`` and whatever else runs Django's checks.

What is wrong with one value alone is the validator's business (``compliance_app.config_validator``).
"""

from __future__ import annotations

import os
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.checks import Warning as Caution
from django.utils.translation import gettext_lazy as _

from compliance_app.configuration_variables import PRODUCTION
from operations.request_metrics import SHARED_BETWEEN_PROCESSES

TLS_FROM_THE_START = 465

_BUCKET = (
    *("BACKBLAZE_ENDPOINT_URL", "BACKBLAZE_BUCKET_NAME"),
    *("BACKBLAZE_APPLICATION_KEY_ID", "BACKBLAZE_APPLICATION_KEY"),
)


def mail(**_kwargs: Any) -> list[CheckMessage]:
    """How e-mails leave."""
    found: list[CheckMessage] = []
    if settings.EMAIL_PORT == TLS_FROM_THE_START and settings.EMAIL_USE_TLS:
        found.append(
            Caution(
                _("EMAIL_PORT=465 expects TLS from the first byte, EMAIL_USE_TLS begins without: no e-mail leaves."),
                hint=_("Use port 587 of the same server."),
                id="operations.W001",
            )
        )
    if bool(settings.EMAIL_HOST_USER) != bool(settings.EMAIL_HOST_PASSWORD):
        found.append(
            Caution(
                _("Of EMAIL_HOST_USER and EMAIL_HOST_PASSWORD only one is set: the server will be asked without."),
                hint=_("Set both, or neither."),
                id="operations.W002",
            )
        )
    return found


def storage(**_kwargs: Any) -> list[CheckMessage]:
    """Where videos are kept."""
    missing = [name for name in _BUCKET if not getattr(settings, name)]
    if settings.STORAGE_BACKEND == "b2" and missing:
        return [
            Error(
                _("STORAGE_BACKEND=b2 also needs %(names)s.") % {"names": ", ".join(missing)},
                hint=_("Set them, or STORAGE_BACKEND=local to keep videos on this machine."),
                id="operations.E001",
            )
        ]
    if settings.STORAGE_BACKEND == "local" and settings.DJANGO_ENV == PRODUCTION:
        return [
            Caution(
                _("STORAGE_BACKEND=local in production: videos lie on this machine alone."),
                hint=_("Back up DATA_DIR, and run all web servers and workers on this machine."),
                id="operations.W003",
            )
        ]
    return []


def outbound(**_kwargs: Any) -> list[CheckMessage]:
    """Which addresses users may make the server ask."""
    if settings.OUTBOUND_ALLOWED_HOSTS and settings.DJANGO_ENV == PRODUCTION:
        return [
            Caution(
                _("OUTBOUND_ALLOWED_HOSTS lets users reach private addresses of your network."),
                hint=_("Leave it empty in production."),
                id="operations.W004",
            )
        ]
    return []


def metrics(**_kwargs: Any) -> list[CheckMessage]:
    """Counting together needs a folder that every web process may write."""
    folder = os.environ.get(SHARED_BETWEEN_PROCESSES)
    if folder is not None and not os.access(folder, os.W_OK):
        return [
            Error(
                _("PROMETHEUS_MULTIPROC_DIR is no folder that this process may write."),
                hint=_("Make the folder, and empty it before each start of the web server."),
                id="operations.E002",
            )
        ]
    return []


CHECKS = (mail, storage, outbound, metrics)
