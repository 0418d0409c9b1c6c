"""Which policy packs a command judges under."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cli.command import Refused
from cli.exit_codes import ExitCode
from policy.loading import load_packs
from policy.pack_problems import PackInvalid, UnknownPack
from videos.installed_packs import default_packs, pack_dirs


def chosen_packs(option: str | None) -> tuple[str, ...]:
    """Pack ids of ``--packs a,b``, in the given order, each once. Raises ``Refused`` for an unknown or broken pack."""
    wanted = (
        default_packs() if option is None else tuple(dict.fromkeys(filter(None, map(str.strip, option.split(",")))))
    )
    if not wanted:
        raise Refused(ExitCode.MISCONFIGURED, _("Name at least one policy pack: --packs ru-436fz,ru-ads"))
    language = get_language() or "ru"
    try:
        load_packs(wanted, pack_dirs())
    except UnknownPack as error:
        raise Refused(ExitCode.MISCONFIGURED, error.text.in_language(language)) from error
    except PackInvalid as error:
        raise Refused(
            ExitCode.MISCONFIGURED, "\n".join(problem.in_language(language) for problem in error.problems)
        ) from error
    return wanted
