"""The owner's own dictionaries are checked before a video is: a bad line is a misconfiguration, found in a second."""

from __future__ import annotations

from cli.command import Refused
from cli.exit_codes import ExitCode
from detectors.protocol import DetectorSettings
from lexicon import DictionaryInvalid, Lexicon
from videos.dictionary_messages import dictionary_sentence


def require_valid_dictionaries(settings: DetectorSettings) -> None:
    """Raises ``Refused`` with every bad line and its number; the built-in dictionaries need no check."""
    own = (settings.profanity_dict, settings.brand_dict, settings.stopwords_dict)
    if not any(own):
        return
    try:
        Lexicon.load(*own)
    except DictionaryInvalid as error:
        lines = [dictionary_sentence(error.path.name, problem) for problem in error.problems]
        raise Refused(ExitCode.MISCONFIGURED, "\n".join(lines)) from error
