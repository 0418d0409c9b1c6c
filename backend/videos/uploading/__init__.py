"""Uploads that survive: begin → parts in any order → finish, or abort. One verb a file."""

from videos.uploading.aborting import abort_upload
from videos.uploading.arrived_parts import arrived_parts
from videos.uploading.beginning import begin_upload
from videos.uploading.earlier_checks import earlier_checks
from videos.uploading.finishing import finish_upload
from videos.uploading.part_plan import PartPlan, plan_of
from videos.uploading.part_urls import part_url
from videos.uploading.refusal import UploadProblem, UploadRefused
from videos.uploading.storing_parts import store_part
from videos.uploading.upkeep import abort_stale_uploads, finish_interrupted_uploads

__all__ = [
    "PartPlan",
    "UploadProblem",
    "UploadRefused",
    "abort_stale_uploads",
    "abort_upload",
    "arrived_parts",
    "begin_upload",
    "earlier_checks",
    "finish_interrupted_uploads",
    "finish_upload",
    "part_url",
    "plan_of",
    "store_part",
]
