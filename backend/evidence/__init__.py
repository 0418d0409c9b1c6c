"""The product's vocabulary: what was seen or heard, where and when.

Every other package speaks in these types; this one imports nothing of the project,
and no third-party library at run time.
Units are in the names: ``*_s`` is seconds from the first displayed frame.
"""

from evidence.categories import Category, Severity
from evidence.items import AudioTrack, Frame
from evidence.labels import Label
from evidence.observations import Modality, Observation
from evidence.spans import Box, Span, Word
from evidence.video_facts import VideoFacts

__all__ = [
    "AudioTrack",
    "Box",
    "Category",
    "Frame",
    "Label",
    "Modality",
    "Observation",
    "Severity",
    "Span",
    "VideoFacts",
    "Word",
]
