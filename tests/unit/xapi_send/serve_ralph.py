"""Runs Ralph with its file backend; under its own `runserver` that backend would succeed with the first write only."""

import sys

import uvicorn
from ralph.backends.data.base import BaseOperationType  # type: ignore[import-not-found]
from ralph.backends.lrs.fs import FSLRSBackend  # type: ignore[import-not-found]

FSLRSBackend.default_operation_type = BaseOperationType.APPEND

from ralph.api import app  # type: ignore[import-not-found]  # noqa: E402

uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")
