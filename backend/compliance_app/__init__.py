"""Wiring only. Imports nothing here: the configuration validator lives on the standard library alone."""
