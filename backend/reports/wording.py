"""The product's words for categories, severities, detectors, outcomes, and its way to write times and sizes.

Every function answers in Django's active language. An identifier that has no words here (a customer's own pack, a
plugged-in detector) is shown as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from evidence import Category, Label, Modality, Severity, Span
from policy.judgement import Fix, Human
from policy.label_titles import LABEL_TITLES
from policy.wording import rounded_score
from reports.coverage import DetectorStatus

CATEGORIES: Mapping[str, Promise] = {
    Category.NUDITY_EXPLICIT: _("Explicit nudity"),
    Category.NUDITY_PARTIAL: _("Partial nudity"),
    Category.NUDITY_SUGGESTIVE: _("Suggestive content"),
    Category.VIOLENCE_FIGHT: _("Fight"),
    Category.VIOLENCE_GORE: _("Blood and gore"),
    Category.WEAPON_FIREARM: _("Firearm"),
    Category.WEAPON_BLADE: _("Bladed weapon"),
    Category.ALCOHOL_VISIBLE: _("Alcohol in frame"),
    Category.ALCOHOL_MENTION: _("Mention of alcohol"),
    Category.TOBACCO_VISIBLE: _("Tobacco or vape in frame"),
    Category.TOBACCO_MENTION: _("Mention of tobacco"),
    Category.DRUGS_VISIBLE: _("Drugs in frame"),
    Category.DRUGS_MENTION: _("Mention of drugs"),
    Category.LANGUAGE_OBSCENE: _("Obscene language"),
    Category.LANGUAGE_RUDE: _("Rude language"),
    Category.AD_BRAND: _("Brand"),
    Category.AD_OFFER: _("Advertising offer"),
    Category.AD_UNLABELLED: _("Unlabelled advertising"),
    Category.AD_INCOMPLETE_LABEL: _("Incompletely labelled advertising"),
    Category.AD_LABELLED: _("Labelled advertising"),
    Category.SYMBOL_PROHIBITED: _("Prohibited symbol"),
    Category.SYMBOL_TATTOO: _("Tattoo"),
    Category.GAMBLING_MENTION: _("Mention of gambling"),
    Category.GAMBLING_VISIBLE: _("Gambling in frame"),
    Category.SELFHARM_MENTION: _("Mention of self-harm"),
    Category.STOPWORD: _("Stop word"),
    Category.TECHNICAL_FLASH: _("Flashing light"),
    Category.TECHNICAL_BLACK: _("Black screen"),
    Category.TECHNICAL_FREEZE: _("Frozen picture"),
    Category.TECHNICAL_SILENCE: _("Silence"),
    Category.TECHNICAL_LOUDNESS: _("Loudness"),
}

GROUPS: Mapping[str, Promise] = {
    "nudity": _("Nudity"),
    "violence": _("Violence"),
    "weapon": _("Weapons"),
    "alcohol": _("Alcohol"),
    "tobacco": _("Tobacco"),
    "drugs": _("Drugs"),
    "language": _("Language"),
    "ad": _("Advertising"),
    "symbol": _("Symbols"),
    "gambling": _("Gambling"),
    "selfharm": _("Self-harm"),
    "stopword": _("Stop words"),
    "technical": _("Technical"),
}

SEVERITIES: Mapping[str, Promise] = {
    Severity.INFO: pgettext_lazy("severity", "info"),
    Severity.LOW: pgettext_lazy("severity", "low"),
    Severity.MEDIUM: pgettext_lazy("severity", "medium"),
    Severity.HIGH: pgettext_lazy("severity", "high"),
    Severity.CRITICAL: pgettext_lazy("severity", "critical"),
}

DETECTORS: Mapping[str, Promise] = {
    "speech": _("Speech"),
    "text": _("On-screen text"),
    "words": _("Words and advertising"),
    "objects": _("Objects in frame"),
    "scenes": _("Scene classes"),
    "safety": _("Nudity and gore"),
}

DETECTOR_STATUSES: Mapping[str, Promise] = {
    DetectorStatus.COMPLETED: _("checked"),
    DetectorStatus.NOTHING_TO_READ: _("nothing to check"),
    DetectorStatus.PARTIAL: _("checked in part: the rest is unreadable"),
    DetectorStatus.MISSING: _("not checked: the model is not installed"),
    DetectorStatus.FAILED: _("not checked: the detector failed"),
}

MODALITIES: Mapping[str, Promise] = {
    Modality.SPEECH: _("in speech"),
    Modality.TEXT: _("on screen"),
    Modality.IMAGE: _("in the picture"),
    Modality.AUDIO: _("in the sound"),
}

FIXES: Mapping[str, Promise] = {
    Fix.BLEEP: _("Bleep it"),
    Fix.MUTE: _("Mute it"),
    Fix.CUT: _("Cut it out"),
    Fix.BLUR: _("Blur it"),
    Fix.ADD_MARK: _("Add an advertising label"),
    Fix.ADD_WARNING: _("Add a warning"),
}

HUMANS: Mapping[str, Promise] = {
    Human.AUTO: _("no check needed"),
    Human.REQUIRED: _("a person must decide"),
    Human.SAMPLE: _("checked by sample"),
}

STEPS: Mapping[str, Promise] = {
    "validate_video": _("Checking the file"),
    "preprocess_video": _("Reading the video"),
    "find_triggers": _("Judging by the packs"),
    "build_report": _("Building the report"),
    "fetch_video": _("Bringing the file"),
    "admit_video": _("Setting minutes aside"),
    "prepare_playback": _("Preparing the player"),
    "publish_report": _("Publishing the report"),
}

LANGUAGES: Mapping[str, Promise] = {
    "ru": pgettext_lazy("spoken language", "Russian"),
    "en": pgettext_lazy("spoken language", "English"),
}


NEVER_CHECKED: tuple[Promise, ...] = (
    _("Cigarettes, vapes and smoking in the picture"),
    _("Prohibited symbols and tattoos"),
    _("Fights and other violence without visible blood"),
    _("Gambling in the picture"),
    _("Drugs in the picture, other than syringes and pill bottles"),
    _("Small or distant things, such as a weapon in a wide shot"),
    _("Logos: a brand is recognised by its name in speech or text"),
    _("Music rights, and sounds other than speech"),
    _("Flashing light that can cause a seizure"),
    _("How much of real nudity and gore is noticed was not measured: there are no such test pictures"),
)
"""What no shipped detector looks for, whatever its state: the classes of its model are in ``models/README.md``."""


def _words(table: Mapping[str, Promise], identifier: str) -> str:
    return str(table.get(identifier, identifier))


def category_title(category: str) -> str:
    return _words(CATEGORIES, category)


def group_title(group: str) -> str:
    """``group`` is ``Category.group``: a lane of the timeline."""
    return _words(GROUPS, group)


def severity_title(severity: str) -> str:
    return _words(SEVERITIES, severity)


def never_checked() -> tuple[str, ...]:
    return tuple(str(words) for words in NEVER_CHECKED)


def label_title(label: str) -> str:
    return LABEL_TITLES[Label(label)].in_language(get_language() or "en")


def detector_title(name: str) -> str:
    return _words(DETECTORS, name)


def in_sentence(title: str) -> str:
    """A title inside a sentence: "on-screen text", but "QR codes"."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def detector_status_title(status: str) -> str:
    return _words(DETECTOR_STATUSES, status)


def modality_title(modality: str) -> str:
    return _words(MODALITIES, modality)


def fix_title(fix: str) -> str:
    return _words(FIXES, fix)


def human_title(human: str) -> str:
    return _words(HUMANS, human)


def step_title(step: str) -> str:
    """``step`` is a pipeline step; ``detect:NAME`` reads as the detector's name."""
    kind, _colon, name = step.partition(":")
    return detector_title(name) if kind == "detect" and name else _words(STEPS, step)


def language_title(code: str) -> str:
    return _words(LANGUAGES, code)


def clock(seconds: float) -> str:
    """A moment of the video to a tenth: ``12:05.4``, from an hour on ``1:02:05.4``."""
    tenths = round(seconds * 10)
    minutes, tenths = divmod(tenths, 600)
    hours, minutes = divmod(minutes, 60)
    ending = f"{minutes:02d}:{tenths // 10:02d}.{tenths % 10}"
    return f"{hours}:{ending}" if hours else ending


def axis_clock(seconds: float) -> str:
    """A moment on a scale, as short as it can be: ``12:00``; tenths only where the scale is that fine."""
    return clock(seconds).removesuffix(".0")


def duration(seconds: float) -> str:
    """A length: ``1 h 02 min``, ``12 min 40 s``, ``11 s``; below ten seconds with tenths; 0 only for nothing at all."""
    if 0 < seconds < 0.05:
        return gettext("less than %(seconds)s s") % {"seconds": number_format("0.1")}
    if seconds < 9.95:
        return gettext("%(seconds)s s") % {"seconds": number_format(f"{seconds:.1f}".removesuffix(".0"))}
    whole = round(seconds)
    minutes, rest = divmod(whole, 60)
    if whole < 60:
        return gettext("%(seconds)s s") % {"seconds": whole}
    if whole < 3600:
        return gettext("%(minutes)d min %(seconds)02d s") % {"minutes": minutes, "seconds": rest}
    hours, minutes = divmod(round(seconds / 60), 60)
    return gettext("%(hours)d h %(minutes)02d min") % {"hours": hours, "minutes": minutes}


def scenes(count: int) -> str:
    return ngettext("%(count)d scene", "%(count)d scenes", count) % {"count": count}


def without_scenes(count: int, duration_s: float, outcome: str, place: Span | None = None) -> str:
    """ "Without 3 scenes (11 s) it would be: 12+"; ``place`` says where a single scene is."""
    time = duration(duration_s)
    if place is not None:
        time = f"{clock(place.start_s)}–{clock(place.end_s)}, {time}"
    return ngettext(
        "Without %(count)d scene (%(time)s) it would be: %(outcome)s",
        "Without %(count)d scenes (%(time)s) it would be: %(outcome)s",
        count,
    ) % {"count": count, "time": time, "outcome": outcome}


def count(number: int) -> str:
    """A whole number with its thousands apart."""
    return number_format(number, decimal_pos=0, use_l10n=True, force_grouping=True)


def score(fraction: float) -> str:
    """A confidence as ``0.97`` (Russian: ``0,97``), rounded as in the packs' reasons."""
    return number_format(rounded_score(fraction), decimal_pos=2)


def size(size_bytes: int) -> str:
    return str(filesizeformat(size_bytes))


def day(when: date) -> str:
    return date_format(when, "DATE_FORMAT")


def moment(when: datetime) -> str:
    """Date and time of day in Django's current time zone, which is named."""
    local = timezone.localtime(when)
    return f"{date_format(local, 'DATETIME_FORMAT')} {local.tzname()}"
