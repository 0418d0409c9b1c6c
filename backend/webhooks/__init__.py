"""Telling other programs what happened: signed, retried, logged and replayable."""
