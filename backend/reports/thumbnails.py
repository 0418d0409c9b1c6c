"""Small JPEG pictures of frames."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2

from reports.thumbnail_size import LONGEST_SIDE

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


QUALITY = 75


def encode_thumbnail(image: npt.NDArray[np.uint8]) -> bytes:
    """A JPEG of a ``[height, width, 3]`` uint8 BGR frame, longest side at most ``LONGEST_SIDE`` (never enlarged).

    Raises ``ValueError`` for an array of another shape or type.
    """
    if image.ndim != 3 or image.shape[2] != 3 or image.dtype != "uint8" or 0 in image.shape:
        raise ValueError(f"a frame is [height, width, 3] uint8, not {image.shape} {image.dtype}")
    height, width = image.shape[:2]
    scale = min(1.0, LONGEST_SIDE / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = image if scale == 1.0 else cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    _, jpeg = cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    return jpeg.tobytes()
