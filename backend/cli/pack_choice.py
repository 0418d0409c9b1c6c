"""Which policy packs a command judges under."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cli.command import Refused
from cli.exit_codes import ExitCode
from policy.packs import PackInvalid, available_packs, load_packs

DEFAULT_PACKS = ("ru-436fz", "ru-ads")


def chosen_packs(option: str | None) -> tuple[str, ...]:
    """Pack ids of ``--packs a,b``, in the given order, each once. Raises ``Refused`` for an unknown or broken pack."""
    wanted = DEFAULT_PACKS if option is None else tuple(dict.fromkeys(filter(None, map(str.strip, option.split(",")))))
    known = available_packs()
    unknown = [name for name in wanted if name not in known]
    if unknown or not wanted:
        raise Refused(
            ExitCode.MISCONFIGURED,
            _("Unknown policy pack: %(unknown)s. Known packs: %(known)s.")
            % {"unknown": ", ".join(unknown) or "—", "known": ", ".join(sorted(known))},
        )
    try:
        load_packs(wanted)
    except PackInvalid as error:
        language = get_language() or "ru"
        raise Refused(ExitCode.MISCONFIGURED, "\n".join(problem.sentence(language) for problem in error.problems)) from error
    return wanted
