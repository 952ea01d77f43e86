"""An assignable unit that tells what it is told to, over HTTP: nothing of it is of sclt but the vocabulary of cmi5."""

from __future__ import annotations

import copy
import itertools
import json
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import urllib3

ADL = "http://adlnet.gov/expapi/verbs/"
LMS_VERBS = "https://w3id.org/xapi/adl/verbs/"
CONTEXT = "https://w3id.org/xapi/cmi5/context/"
SESSION, MASTERY = f"{CONTEXT}extensions/sessionid", f"{CONTEXT}extensions/masteryscore"
CMI5, MOVE_ON = f"{CONTEXT}categories/cmi5", f"{CONTEXT}categories/moveon"
PROGRESS = "https://w3id.org/xapi/cmi5/result/extensions/progress"
RESULTS: dict[str, dict[str, Any]] = {
    "completed": {"completion": True, "duration": "PT1M"},
    "passed": {"success": True, "score": {"scaled": 0.9}, "duration": "PT1M"},
    "failed": {"success": False, "score": {"scaled": 0.2}, "duration": "PT1M"},
    "terminated": {"duration": "PT2M"},
}
"""The results of statements that are right, by verb; a verb that is not among them has none."""
DEFINED = {"initialized", *RESULTS}
Json = dict[str, Any]


class Unit:
    """A launched AU: it has fetched its token and its launch data, as `parameters` of the launch URL say.

    One that is ``prepared`` has read the learner's preferences too.
    """

    def __init__(self, url: str, prepared: bool = True) -> None:
        self.parameters = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        self.pool = urllib3.PoolManager(retries=False)
        token = self.pool.request("POST", self.parameters["fetch"]).json()["auth-token"]
        self.headers = {"Authorization": f"Basic {token}", "X-Experience-API-Version": "1.0.3"}
        self.agent = json.loads(self.parameters["actor"])
        self.data: Json = self.state("GET", "LMS.LaunchData").json()
        if prepared:
            self.prepare()
        self._began, self._count = datetime.now(UTC), itertools.count()

    def ask(self, method: str, path: str, body: Any = None, kind: str = "application/json", **query: Any) -> Any:
        """Send a request; what is no text in the query is sent as JSON, and so is a body that is no bytes."""
        told = {name: value if isinstance(value, str) else json.dumps(value) for name, value in query.items()}
        content = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        headers = {**self.headers, **({"Content-Type": kind} if body is not None else {})}
        url = f"{self.parameters['endpoint']}/{path}?{urlencode(told)}"
        return self.pool.request(method, url, body=content, headers=headers)

    def state(self, method: str, state_id: str, body: Any = None, **query: Any) -> Any:
        """Ask for a document of the AU's own state, or one that ``query`` changes."""
        own = {
            "activityId": self.parameters["activityId"],
            "agent": self.agent,
            "registration": self.parameters["registration"],
            "stateId": state_id,
        }
        return self.ask(method, "activities/state", body, **{**own, **query})

    def prepare(self) -> Any:
        """Read the learner's preferences."""
        return self.ask("GET", "agents/profile", agent=self.agent, profileId="cmi5LearnerPreferences")

    def preferences(self, body: Any, kind: str = "application/json") -> Any:
        """Write the learner's preferences."""
        return self.ask("PUT", "agents/profile", body, kind, agent=self.agent, profileId="cmi5LearnerPreferences")

    def moment(self) -> str:
        """Return a time a second later than the one before."""
        return self.at(next(self._count))

    def at(self, seconds: float) -> str:
        """Return the time so many seconds after the launch."""
        return (self._began + timedelta(seconds=seconds)).isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def statement(self, verb: str, **more: Any) -> Json:
        """Return a right statement: cmi5 defined where cmi5 has the verb, else cmi5 allowed."""
        context = copy.deepcopy(self.data["contextTemplate"])
        context["registration"] = self.parameters["registration"]
        statement = {
            "id": str(uuid.uuid4()),
            "timestamp": self.moment(),
            "actor": copy.deepcopy(self.agent),
            "verb": {"id": f"{ADL}{verb}"},
            "object": {"id": self.parameters["activityId"]},
            "context": context,
        }
        if verb in DEFINED:
            context["contextActivities"]["category"] = [{"id": CMI5}]
        if verb in RESULTS:
            statement["result"] = copy.deepcopy(RESULTS[verb])
        if verb in ("completed", "passed", "failed"):
            context["contextActivities"]["category"].append({"id": MOVE_ON})
        if verb in ("passed", "failed") and "masteryScore" in self.data:
            context["extensions"][MASTERY] = self.data["masteryScore"]
        return {**statement, **more}

    def tell(self, *statements: Json) -> Any:
        """Send statements together."""
        return self.ask("POST", "statements", list(statements))

    def tells(self, *verbs: str) -> Unit:
        """Tell verbs rightly, one after another."""
        for verb in verbs:
            answer = self.tell(self.statement(verb))
            assert answer.status == 200, answer.data.decode()
        return self
