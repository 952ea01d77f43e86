"""Serve the XBlock workbench with a SCORM block for each scenario named, and say the port on the first line."""

import os
import sys
from functools import partial
from pathlib import Path


def configure(folder: Path) -> None:
    """Give the workbench's own settings a place of our own: it keeps its database and log in ``var``."""
    (folder / "var").mkdir()
    os.chdir(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "workbench.settings"
    os.environ["EXCLUDE_SAMPLE_XBLOCKS"] = "yes"
    from django.conf import settings

    settings.INSTALLED_APPS = [app for app in settings.INSTALLED_APPS if app != "djpyfs"]  # asks for an old Django
    settings.WORKBENCH["services"].pop("fs")
    settings.XBLOCK_SETTINGS = {"ScormXBlock": {"PROXY_ASSETS_LMS": False}}  # the workbench's addresses end in a query
    settings.MEDIA_URL = "/media/"
    settings.MEDIA_ROOT = str(folder / "media")
    settings.DATABASES["default"]["OPTIONS"] = {"timeout": 30}


def main() -> None:
    folder, scenarios = Path(sys.argv[1]), sys.argv[2:]
    configure(folder)
    import django

    django.setup()
    from django.core.management import call_command
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
    from django.core.wsgi import get_wsgi_application

    call_command("migrate", run_syncdb=True, verbosity=0)
    from workbench import runtime
    from workbench.scenarios import add_xml_scenario

    runtime.Mock = partial(runtime.Mock, block_id="none")  # of a block's location: the SCORM block joins it to a path
    for name in scenarios:
        add_xml_scenario(name, name, "<vertical_demo><scorm/></vertical_demo>")
    server = ThreadedWSGIServer(("127.0.0.1", 0), WSGIRequestHandler)
    server.set_app(get_wsgi_application())
    print(server.server_port, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
