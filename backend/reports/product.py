"""Who made a report."""

from __future__ import annotations

NAME = "AI Compliance Agent"
VERSION = "0.1.0"
"""The same as in ``pyproject.toml``; a test holds them together."""
