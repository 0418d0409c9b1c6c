"""How large a thumbnail is: the page needs to know it without loading what makes one."""

from __future__ import annotations

LONGEST_SIDE = 480
"""Pixels. Wide enough to recognise a bottle or to read a title; 15-25 KB at ``QUALITY``."""
