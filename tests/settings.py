"""The settings of the tests: the product's own, in test mode."""

import os

os.environ["JALON_MODE"] = "test"

from jalon.config.settings import *  # noqa: F403
