"""The sound of a video as one mono 16 kHz track on the video's clock."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from av import AudioResampler

from media.child.container import audio_stream, open_container, video_stream
from media.child.decoding import TrackDecoder, first_frame, frame_time
from media.child.outlet import Outlet
from media.child.request import Request
from media.messages import SOUND_CHUNK_SAMPLES, SOUND_RATE_HZ, Ending, Sound
from media.rejection import RejectionReason, VideoRejected

_JITTER_S = Fraction(1, 50)
"""Timestamps that stray less than this from the sample count are rounding; beyond it the track has a gap, an overlap
or a drifting clock, and is put right."""


def send_sound(request: Request, outlet: Outlet) -> None:
    """Send the sound in pieces, each with its place, then an ``Ending``. Raises ``VideoRejected``."""
    start = _video_start(request)
    with open_container(request) as container:
        stream = audio_stream(container)
        if stream is None:
            raise VideoRejected(RejectionReason.DAMAGED, part="sound")
        decoder = TrackDecoder(container, stream, outlet.beat)
        track = _MonoTrack(outlet, longest=round(request.longest_s * SOUND_RATE_HZ))
        frames = 0
        for frame in decoder.frames():
            moment = frame_time(frame)
            track.add(frame, None if moment is None else moment - start)
            frames += 1
            if track.is_full:
                break
        track.end_run()
    if not frames:
        raise VideoRejected(RejectionReason.DAMAGED, part="sound")
    lost = min(decoder.packets, decoder.packets_lost)
    outlet.send(Ending(frames, decoder.packets, lost, track.position / SOUND_RATE_HZ))


def _video_start(request: Request) -> Fraction:
    """Second 0 of the video on the container's clock. A function of its own, so that its decoder is freed."""
    with open_container(request) as container:
        video = video_stream(container, request.max_pixels)
        return frame_time(first_frame(container, video, request.max_pixels)) or Fraction(0)


class _MonoTrack:
    """Resamples runs of gapless sound and puts each where its timestamp says. ``position`` is the next sample."""

    def __init__(self, outlet: Outlet, longest: int) -> None:
        self._outlet = outlet
        self._longest = longest
        self._resampler: AudioResampler | None = None
        self._format: tuple[Any, ...] = ()
        self._expected_s = Fraction(0)
        self._pending = bytearray()
        self._sent = 0
        self.position = 0

    @property
    def is_full(self) -> bool:
        return self.position >= self._longest

    def add(self, frame: Any, moment_s: Fraction | None) -> None:
        """Take the next decoded piece; ``moment_s`` is its time on the video's clock, ``None`` when not told."""
        moment_s = self._expected_s if moment_s is None else moment_s
        sound_format = (frame.format.name, frame.layout.name, frame.sample_rate)
        if self._format != sound_format or abs(moment_s - self._expected_s) > _JITTER_S:
            self.end_run()
            self._format, self._expected_s = sound_format, moment_s
            self.position = round(moment_s * SOUND_RATE_HZ)
        self._expected_s += Fraction(frame.samples, frame.sample_rate)
        if self._resampler is None:
            self._resampler = AudioResampler(format="s16", layout="mono", rate=SOUND_RATE_HZ)
        # Timestamps of the run are its sample count: the resampler is not to correct anything itself.
        frame.pts = None
        for resampled in self._resampler.resample(frame):
            self._take(resampled)

    def end_run(self) -> None:
        """Let out what the resampler holds back; the next piece starts a new run."""
        if self._resampler is not None:
            for resampled in self._resampler.resample(None):
                self._take(resampled)
            self._resampler = None
        self._let_out()

    def _take(self, resampled: Any) -> None:
        self._pending += memoryview(resampled.planes[0])[: 2 * resampled.samples]
        self.position += resampled.samples
        if len(self._pending) >= 2 * SOUND_CHUNK_SAMPLES:
            self._let_out()

    def _let_out(self) -> None:
        """Send what is pending, but nothing before the last sample sent or beyond the longest allowed."""
        begin = self.position - len(self._pending) // 2
        first, last = max(begin, self._sent), min(self.position, self._longest)
        for piece in range(first, last, SOUND_CHUNK_SAMPLES):
            self._sent = min(last, piece + SOUND_CHUNK_SAMPLES)
            self._outlet.send(Sound(piece, bytes(self._pending[2 * (piece - begin) : 2 * (self._sent - begin)])))
        self._pending.clear()
