"""The admin site: what support staff look up, and the few things that they do. One file a noun.

Everything is read-only but for verbs of the folders below; nothing that people own is deleted here.
"""

from operations.admin import (
    actions_taken,
    api_tokens,
    balances,
    deliveries,
    ledger,
    people,
    projects,
    reports,
    runs,
    share_links,
    sign_in_attempts,
    uploads,
    videos,
    webhooks,
)

__all__ = [
    "actions_taken",
    "api_tokens",
    "balances",
    "deliveries",
    "ledger",
    "people",
    "projects",
    "reports",
    "runs",
    "share_links",
    "sign_in_attempts",
    "uploads",
    "videos",
    "webhooks",
]
