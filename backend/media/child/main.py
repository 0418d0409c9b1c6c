"""Entry of the limited child: confine, do the one task, report. Started by ``media.decoder_process``."""

from __future__ import annotations

import sys
from types import TracebackType

import av.subtitles.stream  # noqa: F401 - PyAV imports it on first use, when no file can be opened any more

from media.child.confinement import confine, follow_parent_into_death
from media.child.frames import send_frames
from media.child.outlet import Outlet
from media.child.probe import probe
from media.child.request import Request, Task
from media.child.sound import send_sound
from media.child.stills import send_stills
from media.messages import Refusal
from media.rejection import RejectionReason, VideoRejected


def main() -> None:
    request = Request.from_json(sys.stdin.buffer.read())
    follow_parent_into_death(request.parent_pid)
    outlet = Outlet(sys.stdout.buffer)
    sys.excepthook = _Reporter(outlet)
    confine(cpu_s=request.cpu_s, max_pixels=request.max_pixels)
    try:
        _work(request, outlet)
    except VideoRejected as rejection:
        outlet.send(Refusal(rejection.reason, rejection.details))
    except MemoryError:
        outlet.send(Refusal(RejectionReason.READER_OUT_OF_MEMORY, {}))


def _work(request: Request, outlet: Outlet) -> None:
    match request.task:
        case Task.PROBE:
            outlet.send(probe(request))
        case Task.FRAMES:
            send_frames(request, outlet)
        case Task.SOUND:
            send_sound(request, outlet)
        case Task.STILLS:
            send_stills(request, outlet)


class _Reporter:
    """Tells the parent what went wrong in place of a traceback that nobody would see."""

    def __init__(self, outlet: Outlet) -> None:
        self._outlet = outlet

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, BrokenPipeError):
            return
        place = ""
        while trace is not None:
            place = f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}"
            trace = trace.tb_next
        self._outlet.send(Refusal(RejectionReason.READER_FAILED, {"cause": f"{kind.__name__} in {place}"}))
