"""Serve a Wagtail site with wagtail-lms; say the port, the sessions of an author and a learner on the first line."""

import json
import sys
from pathlib import Path

FOLDER = Path(sys.argv[1])
APPS = [
    "wagtail_lms",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
BASE = """<!DOCTYPE html><title>{% block title %}{% endblock %}</title><link rel=icon href='data:,'>
{% for message in messages %}<p>{{ message }}</p>{% endfor %}{% block content %}{% endblock %}"""


class NoMigrations:
    """Tables are made as they are today: two hundred steps of history take a minute."""

    def __contains__(self, _app: str) -> bool:
        return True

    def __getitem__(self, _app: str) -> None:
        return None


def configure() -> None:
    """Settings as wagtail-lms's documentation asks for, everything kept in one folder."""
    from django.conf import settings

    (FOLDER / "base.html").write_text(BASE)
    contexts = ["django.template.context_processors.request", "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages"]  # fmt: skip
    settings.configure(
        SECRET_KEY="k" * 50, DEBUG=True, ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF=__name__, INSTALLED_APPS=APPS,
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": FOLDER / "site.db",
                               "OPTIONS": {"timeout": 30, "transaction_mode": "IMMEDIATE"}}},
        MIDDLEWARE=["django.contrib.sessions.middleware.SessionMiddleware", "django.middleware.csrf.CsrfViewMiddleware",
                    "django.contrib.auth.middleware.AuthenticationMiddleware",
                    "django.contrib.messages.middleware.MessageMiddleware"],
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [FOLDER], "APP_DIRS": True,
                    "OPTIONS": {"context_processors": contexts}}],
        STATIC_URL="/static/", MEDIA_URL="/media/", MEDIA_ROOT=str(FOLDER / "media"), USE_TZ=True, LANGUAGE_CODE="en",
        MIGRATION_MODULES=NoMigrations(), WAGTAIL_SITE_NAME="site",
        WAGTAILADMIN_BASE_URL="http://127.0.0.1", WAGTAIL_LMS_AUTO_ENROLL=True,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    )  # fmt: skip


def session_of(name: str, **rights: bool) -> str:
    """Return the session of somebody who has just come in."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    user = get_user_model().objects.create_user(name, f"{name}@example.org", "pw", **rights)
    client = Client()
    client.force_login(user)
    return client.cookies["sessionid"].value


def make_course() -> None:
    """Put each package that is imported into a lesson of one course."""
    from django.db.models.signals import post_save
    from wagtail.models import Locale, Page, Site
    from wagtail_lms.models import CoursePage, SCORMLessonPage, SCORMPackage

    Locale.objects.create(language_code="en")
    home = Page.add_root(instance=Page(title="Root", slug="root")).add_child(instance=Page(title="Home", slug="home"))
    Site.objects.create(hostname="127.0.0.1", root_page=home, is_default_site=True)
    course = home.add_child(instance=CoursePage(title="Course", slug="course"))

    def add_lesson(sender: object, instance: SCORMPackage, **_: object) -> None:
        if not SCORMLessonPage.objects.filter(scorm_package=instance).exists():
            name = f"lesson-{instance.pk}"
            course.add_child(instance=SCORMLessonPage(title=instance.title, slug=name, scorm_package=instance))

    post_save.connect(add_lesson, sender=SCORMPackage, weak=False)


def lessons(_request: object) -> object:
    """Tell which lesson plays which package."""
    from django.http import JsonResponse
    from wagtail_lms.models import SCORMLessonPage

    found = SCORMLessonPage.objects.select_related("scorm_package")
    return JsonResponse({each.scorm_package.title: [each.pk, each.scorm_package.version] for each in found})


def main() -> None:
    configure()
    import django

    django.setup()
    from django.core.management import call_command
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
    from django.core.wsgi import get_wsgi_application
    from django.urls import include, path
    from wagtail import urls as site
    from wagtail.admin import urls as admin

    global urlpatterns
    urlpatterns = [path("admin/", include(admin)), path("lms/", include("wagtail_lms.urls")), path("lessons", lessons)]
    urlpatterns.append(path("", include(site)))
    call_command("migrate", run_syncdb=True, verbosity=0)
    make_course()
    sessions = {"author": session_of("author", is_superuser=True, is_staff=True), "learner": session_of("learner")}
    server = ThreadedWSGIServer(("127.0.0.1", 0), WSGIRequestHandler)
    server.set_app(get_wsgi_application())
    print(json.dumps({"port": server.server_port} | sessions), flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
