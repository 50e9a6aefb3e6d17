"""deploy/compose.yaml: what it names exists, its configuration is good, and its services work together as it starts them. Docker is not needed,
and not tried."""

import json
import os
import re
import subprocess
import unittest

import yaml
from composed import FILE, IMAGE_USERS, ROOT, SIGNALBOX, Composed, services, volumes
from processes import eventually

GATEWAYS = ["gateway1", "gateway2", "gateway3"]
AGENTS = ["orchestrator", "insider-trading", "wash-trade", "reasoning"]


class TheFile(unittest.TestCase):
    """As far as it can be read."""

    def setUp(self) -> None:
        self.all = yaml.safe_load(FILE.read_text())
        self.services = services()

    def test_it_has_no_keys_but_those_of_the_specification(self) -> None:
        known = {"image", "build", "read_only", "cap_drop", "cap_add", "security_opt", "command", "entrypoint", "environment", "depends_on",
                 "restart", "stop_grace_period", "ulimits", "tmpfs", "user", "network_mode", "volumes", "healthcheck", "ports", "profiles"}
        for name, service in self.services.items():
            self.assertLessEqual(set(service), known, name)
        self.assertEqual({key for key in self.all if not key.startswith("x-")}, {"name", "services", "volumes"})

    def test_files_volumes_and_services_that_it_names_are_there(self) -> None:
        named = set()
        for name, service in self.services.items():
            for source, _ in volumes(service).values():
                if source.startswith("."):
                    path = (FILE.parent / source).resolve()
                    self.assertTrue(path.is_file(), f"{name}: {path}")
                    listed = subprocess.run(["git", "ls-files", str(path)], cwd=ROOT, capture_output=True, check=True).stdout
                    self.assertTrue(listed, f"{path} is not in the repository")
                else:
                    named.add(source)
            self.assertLessEqual(set(service.get("depends_on", {})), set(self.services), name)
            if "build" in service:
                folder = (FILE.parent / service["build"]["context"]).resolve()
                self.assertTrue((folder / service["build"]["dockerfile"]).is_file(), name)
        self.assertEqual(named, set(self.all["volumes"]))

    def test_the_programs_know_their_options(self) -> None:
        for name in GATEWAYS + AGENTS:
            command = self.services[name]["command"]
            told = subprocess.run([SIGNALBOX, command[0], "--help"], capture_output=True, text=True, check=True).stdout
            for option in (word.split("=")[0] for word in command if word.startswith("--")):
                self.assertRegex(told, rf"(?m)^ +{option}( |$)", name)

    def test_everything_that_is_waited_for_says_when_it_is_there(self) -> None:
        waited = {(other, how["condition"]) for service in self.services.values() for other, how in service.get("depends_on", {}).items()}
        self.assertEqual(waited, {("prepare", "service_completed_successfully"), ("redis", "service_healthy")})
        self.assertIn("test", self.services["redis"]["healthcheck"])
        self.assertNotIn("restart", self.services["prepare"])

    def test_haproxy_may_open_as_many_files_as_it_wants(self) -> None:
        connections = int(re.findall(r"(?m)^ *maxconn (\d+)$", (FILE.parent / "compose/haproxy.cfg").read_text())[0])
        self.assertGreater(self.services["haproxy"]["ulimits"]["nofile"], 2 * connections + 100)

    def test_nobody_but_who_prepares_has_rights_or_the_authority(self) -> None:
        for name, service in self.services.items():
            self.assertEqual((service["cap_drop"], service["read_only"]), (["ALL"], True), name)
            if name != "prepare":
                self.assertNotIn("cap_add", service)
                self.assertNotEqual(service.get("user", IMAGE_USERS.get(service["image"])).split(":")[0], "0", name)
                self.assertNotIn("authority", [source for source, _ in volumes(service).values()])

    def test_a_gateway_has_more_time_to_end_than_it_takes(self) -> None:
        defaults = json.loads(subprocess.run([SIGNALBOX, "config", "defaults"], capture_output=True, check=True).stdout)
        takes = defaults["drainSeconds"] + defaults["streams"]["leaveWithinSeconds"] + defaults["shutdownGraceSeconds"]
        for name in GATEWAYS:
            self.assertGreater(int(self.services[name]["stop_grace_period"].rstrip("s")), takes)

    def test_the_image_is_that_of_the_dockerfile(self) -> None:
        dockerfile = (ROOT / "deploy/Dockerfile").read_text()
        self.assertIn(f"\nUSER {IMAGE_USERS['signalbox']}\n", dockerfile)
        command = json.loads(re.findall(r"(?m)^CMD (\[.*\])$", dockerfile)[-1])
        for name in GATEWAYS:
            self.assertEqual(self.services[name]["command"], command)
        # What the configuration says of the pages is what the package has.
        configuration = json.loads((FILE.parent / "compose/signalbox.json").read_text())
        packed = (ROOT / "scripts/deb").read_text()
        for path, folder in ((configuration["web"], "web"), (configuration["samples"], "examples/alerts")):
            self.assertEqual(path, f"/usr/share/signalbox/{folder}")
            self.assertIn(folder, packed)

    def test_the_user_of_redis_is_that_of_the_documents(self) -> None:
        prepared = (FILE.parent / "compose/prepare").read_text()
        told = (ROOT / "docs/journal.md").read_text()
        rights = re.findall(r"ACL SETUSER signalbox on >PASSWORD (.*)", told)[0]
        self.assertIn(rights, prepared)


@unittest.skipUnless(os.getuid() == 0, "services have users and networks of their own, which needs root")
class TheServices(unittest.TestCase):
    """Each as a process, with its own command."""

    stage: Composed

    @classmethod
    def setUpClass(cls) -> None:
        cls.stage = Composed({"PUBLIC_NAME": "box.example.org", "TRADES": "20000"})
        cls.addClassCleanup(cls.stage.close)
        cls.stage.call("prepare")
        cls.stage.start("redis")
        cls.stage.until_healthy("redis")
        for name in (*AGENTS, *GATEWAYS, "haproxy"):
            cls.stage.start(name)
        cls.stage.until_healthy(*AGENTS, *GATEWAYS)
        # HAProxy has been told so twice.
        eventually(lambda: cls.curl("/healthz", "haproxy:8443") == "ok", lambda: f"HAProxy has gateways: {cls.stage.log('haproxy')}")

    def operate(self, command: str, *arguments: str) -> str:
        return self.stage.call("operator", command, *arguments, "--gateway", "https://haproxy:8443")

    def test_everybody_has_the_keys_that_are_needed_and_no_others(self) -> None:
        place = self.stage.folder / "volumes"
        for volume, user in (("gateway-keys", 990), ("redis-keys", 999), ("haproxy-keys", 99), ("orchestrator-keys", 990)):
            for file in (place / volume).iterdir():
                self.assertEqual((file.stat().st_uid, file.stat().st_mode & 0o777), (user, 0o400), file)
        self.assertEqual([one.name for one in (place / "haproxy-keys").iterdir()], ["server-ca.pem"])
        for volume in place.iterdir():
            if volume.name != "authority":
                self.assertFalse([*volume.glob("**/*ca.key")], volume)

    def test_preparing_once_more_changes_nothing(self) -> None:
        place = self.stage.folder / "volumes"
        before = {path: path.stat().st_mtime_ns for path in place.glob("*-keys/*")}
        self.stage.call("prepare")
        self.assertEqual({path: path.stat().st_mtime_ns for path in place.glob("*-keys/*")}, before)

    def test_the_configuration_is_right(self) -> None:
        for name in GATEWAYS:
            told = subprocess.run(
                self.stage.words(name, "config", "check", "--config", "/etc/signalbox/signalbox.json"),
                capture_output=True, text=True)
            self.assertEqual(told.returncode, 0, told.stdout + told.stderr)

    def test_work_is_done_and_seen_through_haproxy_whichever_gateway_it_meets(self) -> None:
        for name in GATEWAYS:
            told = self.curl("/status", f"{name}:8445")
            self.assertTrue(told.startswith("{"), f"{name}: {told}{self.stage.log(name)}")
            status = json.loads(told)
            self.assertEqual((status["journal"]["engine"], status["journal"]["durability"]), ("redis", "full"), status)
        task = json.loads(self.operate(
            "submit", "insider-trading", "--json", "--file", "/box/samples/clear-insider.xml"))["id"]
        # Each is asked itself, beside the balancer.
        for name in GATEWAYS:
            self.assertIn(task, self.stage.call("operator", "list", "--gateway", f"https://{name}:8443", "--json"))
        told = [json.loads(line) for line in self.operate("tail", task, "--json").splitlines()]
        self.assertEqual([one["seq"] for one in told], list(range(1, len(told) + 1)))

    def test_a_sign_in_link_leads_to_the_balancer(self) -> None:
        told = self.stage.call("operator", "sign-in-link", "analyst", "--admin", "https://gateway2:8445")
        self.assertIn("https://box.example.org:8443/", told)

    @classmethod
    def curl(cls, path: str, place: str) -> str:
        """What curl is told, with the operator's certificate; nothing where it is not answered."""
        return cls.stage.call(
            "operator", "-c", "curl --silent --show-error --cacert /keys/server-ca.pem --cert /keys/operator.pem --key /keys/operator.key"
            f" https://{place}{path} 2>&1 || true", entrypoint=["/bin/sh"]).strip()

    def test_a_gateway_that_ends_is_missed_by_nobody_and_comes_back(self) -> None:
        self.stage.running["gateway1"].end()
        for _ in range(6):
            self.operate("list", "--limit", "1")
        self.stage.start("gateway1")
        self.stage.until_healthy("gateway1")


if __name__ == "__main__":
    unittest.main()
