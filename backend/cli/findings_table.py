"""A report in the terminal: the proposed verdicts, then the findings as a table."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from evidence import Severity
from reports import wording
from reports.document import Finding, ReportDocument, Verdict

_STYLES = {
    Severity.INFO: "dim",
    Severity.LOW: "cyan",
    Severity.MEDIUM: "yellow",
    Severity.HIGH: "dark_orange",
    Severity.CRITICAL: "bold red",
}


def print_report(report: ReportDocument, console: Console) -> None:
    """Verdicts, findings, and what was not checked. Every text that came out of the video is printed as it is."""
    console.print(Text(f"{report.video.name} · {wording.duration(report.video.duration_s)}", style="dim"))
    for verdict in report.verdicts:
        console.print(_verdict_lines(verdict))
    console.print()
    if report.findings:
        console.print(_table(report))
    else:
        console.print(_("Nothing was found in what was checked."))
    console.print(Text(_coverage_line(report), style="dim"))
    for gap in report.coverage.gaps:
        words = f"{wording.detector_title(gap.name)}: {wording.detector_status_title(gap.status)}"
        console.print(Text(f"! {words}", style="bold yellow"))
    if not report.action_needed:  # "nothing to do" must not sound like more than was looked for
        unlooked = _("No detector looks for: %(things)s") % {"things": "; ".join(report.never_checked)}
        console.print(Text(unlooked, style="dim"))
    console.print(Text(report.disclaimer, style="dim"))


def _verdict_lines(verdict: Verdict) -> Text:
    lines = Text(verdict.outcome_title, style="bold")
    lines.append(f" · {verdict.title}", style="not bold")
    other = verdict.alternative
    if other is not None:
        lines.append(
            "\n  " + wording.without_scenes(other.scenes, other.duration_s, other.outcome_title), style="not bold"
        )
    if verdict.blind_to:
        names = ", ".join(wording.detector_title(name) for name in verdict.blind_to)
        words = _("not checked: %(detectors)s; the outcome may be graver") % {"detectors": names}
        lines.append(f"\n  {words}", style="not bold yellow")
    if not verdict.in_force:
        lines.append(f"\n  {_not_in_force(verdict)}", style="not bold yellow")
    lines.append(f"\n  {verdict.pack} {verdict.version}, {verdict.digest[:12]}", style="not bold dim")
    return lines


def _not_in_force(verdict: Verdict) -> str:
    first = wording.day(verdict.effective_from)
    if verdict.effective_until is None:
        return _("Not in force on the day of the check. In force from %(first)s.") % {"first": first}
    last = wording.day(verdict.effective_until)
    return _("Not in force on the day of the check. In force from %(first)s to %(last)s.") % {
        "first": first,
        "last": last,
    }


def _table(report: ReportDocument) -> Table:
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1), title_justify="left")
    table.add_column(_("Time"), justify="right", no_wrap=True)
    table.add_column(_("Category"))
    table.add_column(_("Severity"))
    table.add_column(_("What"), ratio=1)
    table.add_column(_("Rule"))
    for finding in report.findings:
        table.add_row(
            wording.clock(finding.start_s),
            wording.category_title(finding.category),
            Text(wording.severity_title(finding.severity), style=_STYLES[finding.severity]),
            Text(_what(finding)),
            Text(f"{finding.pack}\n{finding.cite.article}", style="dim"),
        )
    return table


def _what(finding: Finding) -> str:
    quoted = finding.evidence.text
    return f"{finding.title} — «{quoted}»" if quoted else finding.title


def _coverage_line(report: ReportDocument) -> str:
    coverage = report.coverage
    frames = ngettext("%(count)s frame analysed", "%(count)s frames analysed", coverage.frames_analysed) % {
        "count": wording.count(coverage.frames_analysed)
    }
    looked = ngettext("of %(count)s looked at", "of %(count)s looked at", coverage.frames_looked_at) % {
        "count": wording.count(coverage.frames_looked_at)
    }
    heard = coverage.speech_s
    speech = "" if heard is None else _("; speech: %(time)s") % {"time": wording.duration(heard)}
    return f"{frames} {looked}{speech}"
