"""Whether two readings from one place on screen are of one line: equal but for what reading itself gets wrong."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import pairwise

from detectors.engines.tesseract import ReadLine

LONG_WORD = 6
"""A word this long may differ by one letter of any kind; «сука» and «рука» are two words."""

FAINT_CONFIDENCE = 0.6
"""A line read worse than this is half faded in, blurred or over a busy picture. Measured: plain lines read above 0.8."""
FAINT_SIMILARITY = 0.6

_LOOK_ALIKES = str.maketrans(
    "abcehikmnoptuxy" + "ёйщцъіјѕ",
    "авсеникмпорткху" + "еишиьиjs",
)
