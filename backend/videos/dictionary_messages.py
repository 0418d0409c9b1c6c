"""One clear sentence for each bad line of somebody's own dictionary."""

from __future__ import annotations

from django.utils.translation import gettext as _

from lexicon import DictionaryProblem, ProblemCode


def dictionary_sentence(name: str, problem: DictionaryProblem) -> str:
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
