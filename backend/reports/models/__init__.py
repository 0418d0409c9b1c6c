"""Reports as rows, so that they can be listed, filtered, shared and, later, decided."""

from reports.models.report import Finding, Report, ReportStage
from reports.models.share_link import ShareLink

__all__ = ["Finding", "Report", "ReportStage", "ShareLink"]
