"""One pass over the video track: every frame is glanced at, those worth it are sent."""

from __future__ import annotations

from fractions import Fraction

from media.child.container import open_container, video_stream
from media.child.decoding import VideoDecoder, frame_duration, frame_time
from media.child.outlet import Outlet
from media.child.picture import PictureMaker, display_size
from media.child.request import Request
from media.messages import Ending, Picture
from media.rejection import RejectionReason, VideoRejected
from media.sampling import FrameSampler, Interest


def send_frames(request: Request, outlet: Outlet) -> None:
    """Send the pictures worth looking at and the ``Ending``. Raises ``VideoRejected``, also when there is no frame."""
    sampler = FrameSampler(request.sample_fps)
    pictures: PictureMaker | None = None
    start = moment = end = Fraction(0)
    looked_at = 0
    with open_container(request) as container:
        stream = video_stream(container, request.max_pixels)
        decoder = VideoDecoder(container, stream, request.max_pixels, on_packet=outlet.beat)
        for frame in decoder.frames():
            timestamp = frame_time(frame)
            if pictures is None:
                if timestamp is None:
                    continue
                start = timestamp
                pictures = PictureMaker(display_size(frame, stream))
            # A clock that stops or runs back must not hide frames: they are looked at where it stood.
            moment = max(moment, (timestamp if timestamp is not None else moment + start) - start)
            end = max(end, moment + frame_duration(frame, stream))
            looked_at += 1
            interest = sampler.glance(float(moment), pictures.luma(frame))
            if interest is not Interest.NONE and sampler.is_news(interest, pictures.thumbnail(frame)):
                outlet.send(Picture(float(moment), interest is Interest.SHOT_START, pictures.image(frame)))
    if not looked_at:
        raise VideoRejected(RejectionReason.DAMAGED, part="start")
    outlet.send(Ending(looked_at, decoder.packets, min(decoder.packets, decoder.packets_lost), float(end)))
