"""What can go wrong."""

from __future__ import annotations

from compliance_client.models import Problem, Run


class ApiError(Exception):
    """The server refused; ``problem`` says why and what to do."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.detail or problem.title} ({problem.code or problem.status})")
        self.problem = problem


class InvalidInput(ApiError):
    """400, 413, 415, 422: ``problem.errors`` points at what is wrong."""


class NotAuthenticated(ApiError):
    """401: no valid token."""


class Forbidden(ApiError):
    """403: the token lacks the scope, or the role does not allow it."""


class NotFound(ApiError):
    """404, 410: it does not exist (any more) for whoever asks."""


class Conflict(ApiError):
    """409: it does not fit the present state."""


class TooManyRequests(ApiError):
    """429, and waiting did not help."""


class ServerError(ApiError):
    """5xx, and asking again did not help."""


class ServiceUnreachable(Exception):
    """No answer came, and asking again did not help."""


class CheckFailed(Exception):
    """The check came to nothing; ``run.error`` says why."""

    def __init__(self, run: Run) -> None:
        super().__init__(run.error or run.error_code or run.status)
        self.run = run


class CheckCancelled(CheckFailed):
    """Somebody cancelled the check."""


def error_of(problem: Problem) -> ApiError:
    match problem.status:
        case 401:
            return NotAuthenticated(problem)
        case 403:
            return Forbidden(problem)
        case 404 | 410:
            return NotFound(problem)
        case 409:
            return Conflict(problem)
        case 429:
            return TooManyRequests(problem)
        case status if status >= 500:
            return ServerError(problem)
        case _:
            return InvalidInput(problem)
