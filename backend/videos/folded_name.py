"""Names as they are compared: letter case and ё/е aside, in every database and every language."""

from __future__ import annotations

from typing import Any

from django.db import models

FOLDED_LENGTH_MAX = 3 * 255
"""Folding can make three letters of one."""


def fold_name(name: str) -> str:
    return name.casefold().replace("ё", "е")


class FoldedNameField(models.CharField):  # type: ignore[type-arg]
    """Filled from the model's ``name`` whenever the row is written (SQLite's LOWER knows no Cyrillic)."""

    def __init__(self, **options: Any) -> None:
        options |= {"max_length": FOLDED_LENGTH_MAX, "editable": False, "blank": True, "default": ""}
        super().__init__(**options)

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        folded = fold_name(model_instance.name)  # type: ignore[attr-defined]
        setattr(model_instance, self.attname, folded)
        return folded
