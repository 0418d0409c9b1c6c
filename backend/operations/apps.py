"""Registers the checks of the configuration."""

from __future__ import annotations

from django.apps import AppConfig
from django.core import checks

from operations.checks import CHECKS


class OperationsConfig(AppConfig):
    name = "operations"

    def ready(self) -> None:
        for check in CHECKS:
            checks.register(check)
