"""preprocess_video: bring the sound into the form that detectors hear: mono, 16 kHz, a working file of this run."""

from __future__ import annotations

from collections.abc import Mapping

from media.sound import extract_sound

from pipeline.facts import video_facts_from_json
from pipeline.job import Done, Job, Outcome
from pipeline.step_names import PREPROCESS, VALIDATE


def preprocess_video(job: Job) -> Mapping[str, Outcome]:
    """Leaves whether there is sound at all: a silent video is fine."""
    workspace = job.workspace
    facts = video_facts_from_json(job.settled[VALIDATE].facts)
    has_sound = extract_sound(
        workspace.video_path, facts, workspace.limits, workspace.directory.sound, stopping=job.stopping
    )
    return {PREPROCESS: Done({"has_sound": has_sound})}
