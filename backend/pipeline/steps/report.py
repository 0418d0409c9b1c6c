"""build_report: the report that an operator verifies, as JSON beside the observations."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.analysis import load_analysis
from pipeline.job import Done, Job, Outcome
from pipeline.judging import report_of
from pipeline.step_names import BUILD_REPORT
from policy.loading import load_packs
from reports.json_export import export_json
from reports.product import VERSION


def write_report(job: Job) -> Mapping[str, Outcome]:
    directory = job.workspace.directory
    report = report_of(
        load_analysis(directory.analysis),
        directory.kept,
        load_packs(job.workspace.packs, job.workspace.pack_dirs),
        language=job.workspace.language,
        product_version=VERSION,
    )
    unfinished = directory.report.with_suffix(".tmp")
    unfinished.write_text(export_json(report), encoding="utf-8")
    unfinished.replace(directory.report)
    return {BUILD_REPORT: Done({"findings": len(report.findings), "action_needed": report.action_needed})}
