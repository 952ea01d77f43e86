"""Serve scormhost on a free port of loopback, as its own uvicorn does, and say the port on the first line."""

import os
import socket
import sys

import uvicorn
from scormhost.app import create_scorm_app


def main() -> None:
    """Keep everything in the folder that is given."""
    listening = socket.create_server(("127.0.0.1", 0))
    print(listening.getsockname()[1], flush=True)
    app = create_scorm_app(data_dir=sys.argv[1], secret_key="k" * 40, api_prefix="")
    uvicorn.Server(uvicorn.Config(app, log_level="warning")).run([listening])


if __name__ == "__main__":
    os.environ.setdefault("SCORMHOST_MAX_UPLOAD_MB", "100")
    main()
