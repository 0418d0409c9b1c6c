"""fetch_video: bring the bytes of the video to this machine, unless they are a file of it already."""

from __future__ import annotations

from collections.abc import Mapping

from media.rejection import ReadingStopped
from pipeline.failures import FILE_MISSING, STORAGE, STORAGE_SILENT
from pipeline.job import Done, Failure, Job, Outcome
from pipeline.models import PipelineRun
from pipeline.step_names import FETCH
from storage.base import FetchStopped, ObjectMissing, StorageFailed, StorageFull
from storage.registry import open_storage


def fetch_video(job: Job) -> Mapping[str, Outcome]:
    """Leaves the name of the copy, if there is one. What the bytes are is the next step's question."""
    key = PipelineRun.objects.values_list("video__storage_key", flat=True).get(pk=job.run_id)
    path = job.workspace.video_path
    storage = open_storage()
    try:
        is_copy = storage.local_path(key) is None
        if is_copy:
            storage.fetch(key, path, stopping=job.stopping)
    except ObjectMissing:
        return {FETCH: Failure(FILE_MISSING)}
    except FetchStopped as stopped:
        raise ReadingStopped from stopped
    except StorageFull as trouble:
        return {FETCH: Failure(STORAGE, {"reason": str(trouble)})}
    except StorageFailed as trouble:
        return {FETCH: Failure(STORAGE_SILENT, {"reason": str(trouble)})}
    if not path.is_file():
        return {FETCH: Failure(FILE_MISSING)}
    return {FETCH: Done({"copy": path.name if is_copy else None})}
