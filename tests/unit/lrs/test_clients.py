"""What others made for xAPI works against our LRS: the npm package @xapi/xapi."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

from sclt.lrs.launch import launch_tincan
from tests.unit.lrs.conftest import OWNER
from tests.unit.lrs.http import Client

HERE = Path(__file__).parent
ACTOR = {"account": {"homePage": "https://lms.example.org", "name": "1625378"}}


def run(script: str, **told: Any) -> None:
    environment = {**os.environ, "TOLD": json.dumps(told)}
    done = subprocess.run(
        ["node", HERE / script], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-2000:]


def test_every_resource(lrs: Client) -> None:
    run("xapi.mjs", endpoint=lrs.address.endpoint, key=OWNER.key, secret=OWNER.secret)


def test_a_tincan_launch(lrs: Client) -> None:
    activity = "https://example.org/tincan"
    launched = launch_tincan(lrs.store, lrs.address, activity, "https://courses.example.org/index.html", ACTOR)
    run("tincan.mjs", url=launched.url)
    (told,) = lrs.find(activity=activity)
    assert told["context"]["registration"] == launched.registration
