"""From a decoded frame to the arrays that are looked at: upright, square pixels, BGR, no larger than needed."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt
from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter

from media.messages import FRAME_LONGEST_SIDE
from media.sampling import THUMBNAIL_SIZE, glance_stride

_UNSPECIFIED_COLORSPACE = 2
_HD_LEAST_HEIGHT = 720
_STRANGEST_PIXEL = 4
"""A pixel more oblong than 4:1 is a lie; anamorphic video has up to 2:1."""


def upright_turn(frame: Any) -> int:
    """Degrees clockwise, in quarter turns, that show the frame upright (from its display matrix)."""
    return int(round(-frame.rotation / 90) * 90 % 360)


def display_size(frame: Any, stream: Any) -> tuple[int, int]:
    """Width and height as shown: with square pixels, upright."""
    aspect = stream.sample_aspect_ratio or Fraction(1)
    if not Fraction(1, _STRANGEST_PIXEL) <= aspect <= _STRANGEST_PIXEL:
        aspect = Fraction(1)
    width, height = max(1, round(frame.width * aspect)), frame.height
    return (height, width) if upright_turn(frame) % 180 else (width, height)


def analysis_size(width: int, height: int) -> tuple[int, int]:
    """The size at which pictures of this displayed size leave the child; never enlarged."""
    scale = min(1.0, FRAME_LONGEST_SIDE / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


class PictureMaker:
    """Turns the frames of one video into arrays of one size, whatever size the frames change to on the way."""

    def __init__(self, displayed: tuple[int, int]) -> None:
        self._size = analysis_size(*displayed)
        self._image_scaler = VideoReformatter()
        self._thumbnail_scaler = VideoReformatter()
        self._luma_scaler = VideoReformatter()

    def luma(self, frame: Any) -> npt.NDArray[np.integer]:
        """Brightness 0..255 of the pixels that are glanced at (``glance_stride``)."""
        stride = glance_stride(frame.width, frame.height)
        component = frame.format.components[0]
        if not component.is_luma or frame.format.is_big_endian or frame.format.is_bit_stream or not _is_planar(frame):
            columns, rows = max(1, frame.width // stride), max(1, frame.height // stride)
            small = self._luma_scaler.reformat(
                frame, columns, rows, "gray", interpolation=Interpolation.POINT, threads=1
            )
            return _rows(small.planes[0], np.dtype(np.uint8))[:, :columns]
        sample = np.dtype(np.uint8) if component.bits == 8 else np.dtype("<u2")
        luma = _rows(frame.planes[0], sample)[::stride, : frame.width : stride]
        return luma if component.bits == 8 else luma >> (component.bits - 8)

    def thumbnail(self, frame: Any) -> npt.NDArray[np.uint8]:
        """The frame in ``THUMBNAIL_SIZE``, block means, not turned: only compared with others of its kind."""
        width, height = THUMBNAIL_SIZE
        return self._bgr(self._thumbnail_scaler, frame, width, height)

    def image(self, frame: Any) -> npt.NDArray[np.uint8]:
        """``[height, width, 3]`` uint8 BGR, upright."""
        width, height = self._size
        turn = upright_turn(frame)
        if turn % 180:
            width, height = height, width
        return np.rot90(self._bgr(self._image_scaler, frame, width, height), k=-turn // 90)

    @staticmethod
    def _bgr(scaler: Any, frame: Any, width: int, height: int) -> npt.NDArray[np.uint8]:
        # Untagged HD is BT.709 in practice; swscale would take it for BT.601.
        untagged_hd = frame.colorspace == _UNSPECIFIED_COLORSPACE and frame.height >= _HD_LEAST_HEIGHT
        shrinks = width < frame.width or height < frame.height
        scaled = scaler.reformat(
            frame,
            width,
            height,
            "bgr24",
            src_colorspace=Colorspace.ITU709 if untagged_hd else None,
            dst_color_range=ColorRange.JPEG,
            interpolation=Interpolation.AREA if shrinks else Interpolation.BILINEAR,
            threads=1,
        )
        array: npt.NDArray[np.uint8] = scaled.to_ndarray()
        return array


def _is_planar(frame: Any) -> bool:
    """Whether the first plane holds nothing but luma, one sample a pixel."""
    component = frame.format.components[0]
    plane = frame.planes[0]
    sample_bytes = 1 if component.bits == 8 else 2
    is_plain = component.plane == 0 and 8 <= component.bits <= 16
    return bool(is_plain and plane.line_size < 2 * sample_bytes * frame.width)


def _rows(plane: Any, sample: np.dtype[Any]) -> npt.NDArray[Any]:
    return np.frombuffer(plane, sample).reshape(plane.height, plane.line_size // sample.itemsize)
