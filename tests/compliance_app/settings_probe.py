"""Loads the settings once per configuration and says how it went; a program of its own, run by test_settings.

Standard input: a JSON list of environments. Standard output: a JSON list of what became of each.
"""

from __future__ import annotations

import json
import os
import sys
import warnings
from importlib import import_module
from typing import Any

from django.core.exceptions import ImproperlyConfigured


def load(environ: dict[str, str]) -> dict[str, Any]:
    """The settings this environment gives, or the reason why it gives none."""
    for name in [name for name in sys.modules if name.startswith("compliance_app.settings")]:
        del sys.modules[name]
    os.environ.clear()
    os.environ.update(environ)
    validator = import_module("compliance_app.config_validator")
    outcome: dict[str, Any] = {"valid": validator.read_configuration(os.environ).valid}
    try:
        settings = import_module("compliance_app.settings")
    except ImproperlyConfigured as exc:
        return outcome | {"refused": str(exc)}
    return outcome | {name: repr(getattr(settings, name)) for name in dir(settings) if name.isupper()}


if __name__ == "__main__":
    warnings.simplefilter("error")
    sys.path.insert(0, sys.argv[1])
    json.dump([load(environ) for environ in json.load(sys.stdin)], sys.stdout)
