"""Mail that leaves after the answer, so that how long a page takes does not tell whether an address is known."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor

from django.core.mail import EmailMessage

logger = logging.getLogger(__name__)

# Its thread is joined when the process ends, so what was handed over still leaves.
_sender = ThreadPoolExecutor(max_workers=1, thread_name_prefix="mail")


def send_soon(message: EmailMessage) -> None:
    """Hand over to the sending thread. Trouble is logged without addresses: whoever asked learns nothing of it."""
    _sender.submit(_send, message)


def flush() -> None:
    """Wait until everything handed over before has left or failed."""
    _sender.submit(lambda: None).result()


def _send(message: EmailMessage) -> None:
    try:
        message.send()
    except Exception:
        logger.exception("A mail could not be sent")
