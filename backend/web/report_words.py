"""What the scripts of a report's page say, in the page's language, and the numbers that they begin with."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext

from reports.models import Report
from web.report_player import PlayerData


def page_data(report: Report, player: PlayerData) -> dict[str, Any]:
    """JSON-ready. Times are seconds."""
    return {
        "duration": report.duration_s,
        "fps": report.fps,
        "findings": report.findings_count,
        "thumbnails": player.thumbnails,
        "visual": asdict(player.visual),
        "words": {
            "play": gettext("Play"),
            "pause": gettext("Pause"),
            "mute": gettext("Mute"),
            "unmute": gettext("Unmute"),
            "of": gettext("%(found)s of %(total)s"),
            "nothing": gettext("Nothing fits these filters."),
            "nothingSaid": gettext("No such words."),
            "failed": gettext("Could not be loaded. Check the connection and try again."),
            "copied": gettext("Copied"),
            "unplayable": gettext("This browser cannot play the video. Everything else of the report works."),
            "finding": gettext("Finding"),
            "noDetail": gettext("Loading…"),
        },
    }
