"""A gateway with the real agents, each a process of its own, from a folder that `signalbox demo` has made."""

import json
import os
import shutil
import ssl
import subprocess
import tempfile
import urllib.error
import urllib.request

from processes import Program, eventually

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SIGNALBOX = os.environ.get("SIGNALBOX", f"{ROOT}/.build/debug/signalbox")


class Stage:
    """`pace`: how many milliseconds each step of a tool takes. `settings`: members of the gateway's configuration to change. `talks`: there
    is the agent for conversations, too."""

    def __init__(self, pace=30, settings=None, talks=False):
        self.folder = tempfile.mkdtemp(prefix="signalbox-browser-")
        self.pace = pace
        self.agents = {}
        try:
            self._make_folder()
            self._start_agents()
            if talks:
                self.start_agent("reasoning", "--data", f"{self.folder}/reference", "--pace", str(pace))
            self._configure(settings or {})
            self.gateway = None
            self.start_gateway()
            # From now on the ports stay, so that a gateway that is started again is found under the same address.
            for name in ("public", "agents", "admin"):
                self.configuration["listeners"][name]["port"] = self.facts[name]["port"]
            self._write_configuration()
        except BaseException:
            self.close()
            raise

    # The processes

    def _make_folder(self):
        """A demo makes keys, policy and reference data, and is ended at once."""
        demo = Program(
            [SIGNALBOX, "demo", "--port", "0", "--dir", self.folder, "--no-browser", "--trades", "20000"],
            f"{self.folder}/demo.log", f"{self.folder}/ready.json")
        demo.facts()
        with open(f"{self.folder}/config.json") as file:
            self.configuration = json.load(file)
        demo.end()
        subprocess.run([SIGNALBOX, "certs", "issue", "service", "conformance", "--dir", f"{self.folder}/pki"],
                       check=True, stdout=subprocess.DEVNULL)

    def _start_agents(self):
        for name in ("insider-trading", "wash-trade"):
            self.start_agent(name, "--data", f"{self.folder}/reference", "--pace", str(self.pace),
                             "--allow", "spiffe://signalbox.local/agent/orchestrator")
        peers = [f"--specialist={name}={self.agents[name].facts()['url']}" for name in ("insider-trading", "wash-trade")]
        pki = f"{self.folder}/pki"
        self.start_agent("orchestrator", *peers, "--peer-ca", f"{pki}/server-ca.pem",
                         "--peer-cert", f"{pki}/clients/agent-orchestrator.pem", "--peer-key", f"{pki}/clients/agent-orchestrator.key")
        self.start_agent("conformance")

    def start_agent(self, name, *options):
        pki = f"{self.folder}/pki"
        ready = f"{self.folder}/{name}.json"
        self.agents[name] = Program(
            [SIGNALBOX, "agent", name, "--cert", f"{pki}/services/{name}.pem", "--key", f"{pki}/services/{name}.key",
             "--ca", f"{pki}/client-ca.pem", "--crl", f"{pki}/client-ca.crl", "--allow", "spiffe://signalbox.local/gateway/demo",
             "--grace", "0", "--ready-file", ready, "--stop-at-stdin-end", *options],
            f"{self.folder}/{name}.log", ready)

    def _configure(self, settings):
        own = self.configuration["agents"]["orchestrator"]
        for name, agent in self.agents.items():
            self.configuration["agents"][name] = dict(
                own, url=agent.facts()["url"], serverNames=[f"spiffe://signalbox.local/agent/{name}"])
        for path, value in settings.items():
            *folders, last = path.split(".")
            place = self.configuration
            for folder in folders:
                place = place.setdefault(folder, {})
            place[last] = value
        self._write_configuration()

    def _write_configuration(self):
        with open(f"{self.folder}/config.json", "w") as file:
            json.dump(self.configuration, file)

    def start_gateway(self):
        ready = f"{self.folder}/gateway.json"
        self.gateway = Program(
            [SIGNALBOX, "serve", "--config", f"{self.folder}/config.json", "--ready-file", ready, "--stop-at-stdin-end"],
            f"{self.folder}/gateway.log", ready)
        self.facts = self.gateway.facts()
        self.url = f"https://localhost:{self.facts['public']['port']}"
        eventually(lambda: self.ask("/readyz", status=True) == 200, "the gateway is ready")

    def close(self):
        for program in [self.__dict__.get("gateway"), *self.agents.values()]:
            if program is not None:
                program.end()
        shutil.rmtree(self.folder, ignore_errors=True)

    # What tests ask and tell

    def ask(self, path, body=None, listener="public", who="operator-demo", status=False, kind="application/json", method=None):
        """The gateway's JSON for the operator, or for another certificate of the PKI."""
        pki = f"{self.folder}/pki"
        context = ssl.create_default_context(cafile=f"{pki}/server-ca.pem")
        context.load_cert_chain(f"{pki}/clients/{who}.pem", f"{pki}/clients/{who}.key")
        url = f"https://localhost:{self.facts[listener]['port']}{path}"
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        request = urllib.request.Request(url, data=data, headers={"content-type": kind} if data is not None else {}, method=method)
        opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=context), urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=30) as answer:
                text = answer.read()
                return answer.status if status else (json.loads(text) if text else None)
        except urllib.error.HTTPError as error:
            if status:
                return error.code
            raise AssertionError(f"{path}: {error.code} {error.read().decode()[:500]}") from None

    def records(self, task):
        records, after = [], "earliest"
        while True:
            page = self.ask(f"/api/tasks/{task}/events?limit=1000&after={after}")
            records += page["events"]
            after = page["next"]
            if page["complete"]:
                return records

    def state(self, task):
        return self.ask(f"/api/tasks/{task}")["state"]

    def until(self, task, *states, within=60):
        return eventually(lambda: (lambda state: state if state in states else None)(self.state(task)),
                          lambda: f"{task} is {' or '.join(states)}; it is {self.state(task)}", within)

    def submit(self, example):
        """Gives the orchestrator an alert of examples/alerts, as the operator."""
        with open(f"{ROOT}/examples/alerts/{example}.xml") as file:
            part = {"text": file.read(), "filename": f"{example}.xml", "mediaType": "application/xml"}
        return self.ask("/api/tasks", {"message": {"parts": [part]}})["id"]

    def conform(self, behaviour, text="Do it."):
        """A task of the conformance agent, which does what the id of its message says."""
        message = {"messageId": f"{behaviour}-{os.urandom(6).hex()}", "parts": [{"text": text}]}
        return self.ask("/api/tasks", {"agent": "conformance", "message": message})["id"]

    def link(self, who="analyst"):
        """A link by which a browser signs in once."""
        pki = f"{self.folder}/pki"
        made = subprocess.run(
            [SIGNALBOX, "sign-in-link", who, "--json", "--admin", f"https://localhost:{self.facts['admin']['port']}",
             "--cert", f"{pki}/clients/operator-demo.pem", "--key", f"{pki}/clients/operator-demo.key", "--ca", f"{pki}/server-ca.pem"],
            check=True, capture_output=True, text=True)
        return json.loads(made.stdout)["url"]

    def ingest(self, task, lines, state=None):
        """A producer's events, as many as one request may have."""
        query = f"?state={state}" if state else ""
        return self.ask(f"/ingest/tasks/{task}/events{query}", "\n".join(json.dumps(line) for line in lines).encode(),
                        listener="agents", who="agent-demo-agent", kind="application/x-ndjson")

    def open_ingest(self, **members):
        return self.ask("/ingest/tasks", {"agent": "producer", **members}, listener="agents", who="agent-demo-agent")["id"]

    def end_sessions(self, principal):
        self.ask(f"/api/sessions?principal={principal}", method="DELETE", status=True)

    def policy(self):
        with open(f"{self.folder}/policy.json") as file:
            return json.load(file)

    def put_policy(self, policy):
        """Has the gateway go by another policy from now on."""
        with open(f"{self.folder}/policy.json", "w") as file:
            json.dump(policy, file)
        self.ask("/reload", {}, listener="admin")

    def streams(self):
        """How many event streams are open at the gateway; WebSockets are none."""
        return self.ask("/api/operations")["connections"]["byTransport"].get("sse", 0)
