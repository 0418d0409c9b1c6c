"""Shared by every test."""

from hypothesis import HealthCheck, settings

# How fast a shared machine is says nothing about the code: no deadlines, no complaint about slow drawing of examples.
settings.register_profile("product", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("product")

pytest_plugins = ["tests.servers.postgresql", "tests.servers.seaweedfs", "tests.servers.web_server"]
