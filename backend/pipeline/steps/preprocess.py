"""preprocess_video: bring the sound into the form that detectors hear: mono, 16 kHz, a working file of this run."""

from __future__ import annotations

from collections.abc import Mapping

from media.rejection import VideoRejected
from media.sound import extract_sound
from pipeline.facts import video_facts_from_json
from pipeline.job import Done, Job, Outcome
from pipeline.step_names import PREPROCESS, VALIDATE
from pipeline.steps.rejecting import rejected


def preprocess_video(job: Job) -> Mapping[str, Outcome]:
    """Leaves whether there is sound at all: a silent video is fine."""
    workspace = job.workspace
    facts = video_facts_from_json(job.settled[VALIDATE].facts)
    try:
        sound = extract_sound(workspace.video_path, facts, workspace.directory.sound, stopping=job.stopping)
    except VideoRejected as rejection:
        return {PREPROCESS: rejected(rejection)}
    return {PREPROCESS: Done({"has_sound": sound is not None, "complete": sound is None or sound.complete})}
