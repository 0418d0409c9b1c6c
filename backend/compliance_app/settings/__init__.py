"""Settings of the environment that DJANGO_ENV names: production unless it says development.

DJANGO_SETTINGS_MODULE is always ``compliance_app.settings``. A configuration with errors stops here, in either
environment, with the validator's sentences.
"""

from compliance_app.configuration_variables import DEVELOPMENT
from compliance_app.settings.base import DJANGO_ENV

if DJANGO_ENV == DEVELOPMENT:
    from compliance_app.settings.dev import *  # noqa: F403
else:
    from compliance_app.settings.prod import *  # noqa: F403
