"""What every test stands on: a real PostgreSQL, migrated once and cloned for each worker."""

import os

os.environ["JALON_MODE"] = "test"
