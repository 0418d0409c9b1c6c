"""Judges evidence by policy packs: data files with rules, read by ``loading``, applied by ``evaluation``.

Knows nothing of detectors beyond their labels and names; imports neither Django nor Celery.
"""
