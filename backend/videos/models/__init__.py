"""Projects, uploads, videos and the objects that belong to them."""

from videos.models.artifact import Artifact, ArtifactKind
from videos.models.project import Project, ProjectSettings
from videos.models.upload import Upload, UploadPart, UploadSource, UploadStatus
from videos.models.video import Video, VideoStatus

__all__ = [
    "Artifact",
    "ArtifactKind",
    "Project",
    "ProjectSettings",
    "Upload",
    "UploadPart",
    "UploadSource",
    "UploadStatus",
    "Video",
    "VideoStatus",
]
