"""find_triggers: judge the observations under the run's packs, and fetch the pictures of what was found."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone

from detectors.registry import all_detectors
from media.rejection import VideoRejected
from media.stills import each_still
from pipeline.analysis import analysis_of, save_analysis
from pipeline.job import Done, Job, Outcome
from pipeline.judging import judge_all
from pipeline.step_names import FIND_TRIGGERS
from pipeline.steps.rejecting import rejected
from policy.loading import load_packs
from reports.exhibits import frames_wanted
from reports.thumbnails import encode_thumbnail


def find_triggers(job: Job) -> Mapping[str, Outcome]:
    """Leaves each pack's outcome.

    The findings are made again from the observations when the report is built: that costs milliseconds, and nothing can
    differ, because judging is a pure function.
    """
    workspace, directory = job.workspace, job.workspace.directory
    analysis = analysis_of(job, {spec.name: spec.model for spec in all_detectors()}, timezone.now())
    observations = analysis.observations(directory.kept)
    judgements = judge_all(analysis, load_packs(workspace.packs, workspace.pack_dirs), observations)
    directory.evidence.mkdir(exist_ok=True)
    times_s = frames_wanted(judgements, observations)
    try:
        # One after another: hundreds of whole frames would not fit into memory.
        for time_s, image in each_still(workspace.video_path, analysis.facts, times_s, stopping=job.stopping):
            directory.frame(time_s).write_bytes(encode_thumbnail(image))
    except VideoRejected as rejection:
        return {FIND_TRIGGERS: rejected(rejection)}
    save_analysis(analysis, directory.analysis)
    return {FIND_TRIGGERS: Done({judgement.pack: judgement.outcome for judgement in judgements})}
