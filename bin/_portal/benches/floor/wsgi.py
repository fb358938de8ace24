import os

from django.core.wsgi import get_wsgi_application

# The bench runs with the portal's settings in its environment; this process has its own.
os.environ["DJANGO_SETTINGS_MODULE"] = "floor.settings"

application = get_wsgi_application()
