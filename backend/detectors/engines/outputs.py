"""What every engine says when a model's output cannot be believed."""


class BrokenOutput(Exception):
    """A model gave something that its detector cannot read: a wrong shape, or values that are not numbers."""
