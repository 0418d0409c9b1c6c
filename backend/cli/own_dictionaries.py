"""The owner's own dictionaries are checked before a video is: a bad line is a misconfiguration, found in a second."""

from __future__ import annotations

from django.utils.translation import gettext as _

from cli.command import Refused
from cli.exit_codes import ExitCode
from detectors.protocol import DetectorSettings
from lexicon import DictionaryInvalid, DictionaryProblem, Lexicon, ProblemCode


def require_valid_dictionaries(settings: DetectorSettings) -> None:
    """Raises ``Refused`` with every bad line and its number; the built-in dictionaries need no check."""
    own = (settings.profanity_dict, settings.brand_dict, settings.stopwords_dict)
    if not any(own):
        return
    try:
        Lexicon.load(*own)
    except DictionaryInvalid as error:
        lines = [_sentence(error.path.name, problem) for problem in error.problems]
        raise Refused(ExitCode.MISCONFIGURED, "\n".join(lines)) from error


def _sentence(name: str, problem: DictionaryProblem) -> str:
    if not problem.line:
        return f"{name}: {_what(problem.code)}"
    return _("%(file)s, line %(line)d (“%(text)s”): %(problem)s") % {
        "file": name,
        "line": problem.line,
        "text": problem.text,
        "problem": _what(problem.code),
    }


def _what(code: ProblemCode) -> str:
    return {
        ProblemCode.UNREADABLE: _("the dictionary cannot be read"),
        ProblemCode.NOT_UTF8: _("the dictionary is not UTF-8 text; save it as UTF-8"),
        ProblemCode.TOO_LARGE: _("the dictionary is too large"),
        ProblemCode.TOO_LONG: _("the entry is longer than 300 characters"),
        ProblemCode.NO_LETTERS: _("the entry has no letter and no digit"),
        ProblemCode.BAD_REGEX: _("the regular expression has an error"),
        ProblemCode.SLOW_REGEX: _("the regular expression could take too long; make it simpler"),
        ProblemCode.MATCHES_EMPTY: _("the regular expression fits an empty text"),
        ProblemCode.UNKNOWN_SECTION: _("the section is unknown"),
    }[code]
