"""A bare Django project: no middleware, one app, one address, the database of the portal."""

import os

import dj_database_url

SECRET_KEY = "only-for-measuring"  # noqa: S105 (nothing is signed)
ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS = ["floor"]
MIDDLEWARE = []
ROOT_URLCONF = "floor.urls"
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
DATABASES = {"default": dj_database_url.parse(os.environ["DATABASE_URL"], conn_max_age=60)}
USE_TZ = True
