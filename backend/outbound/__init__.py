"""Requests to addresses that users give, behind a guard against reaching inside."""
