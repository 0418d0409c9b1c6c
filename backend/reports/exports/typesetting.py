"""``python typesetting.py FOLDER``: FOLDER/report.typ → FOLDER/report.pdf.

A program of its own, so that the memory that typst takes for a large report (some hundred megabytes) is given back, and
so that typesetting can be stopped. It imports nothing of the project.
"""

from __future__ import annotations

import sys
from pathlib import Path

import typst

FONTS = Path(__file__).parent / "fonts"


def typeset(folder: Path, created_s: int) -> None:
    """Tagged, after PDF/UA-1. ``created_s`` is seconds since 1970: equal reports are equal files."""
    typst.compile(
        folder / "report.typ",
        output=folder / "report.pdf",
        root=folder,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        timestamp=created_s,
        format="pdf",
    )


if __name__ == "__main__":
    typeset(Path(sys.argv[1]), int(sys.argv[2]))
