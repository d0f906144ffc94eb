"""What the web server runs."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jalon.config.settings")
application = get_wsgi_application()
# What was loaded stays for good: looking through it again at each collection slows every page.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 20)
