"""A real Chromium, which knows the gateway's key, and keeps what went wrong in its pages."""

import base64
import hashlib
import os
import shutil
import subprocess
import tempfile

from selenium import webdriver
from selenium.common.exceptions import (ElementClickInterceptedException, ElementNotInteractableException,
                                        StaleElementReferenceException)
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from processes import eventually

# Breaches of the page policy are kept from the first script on.
WATCH_POLICY = """
globalThis.policyReports = [];
document.addEventListener("securitypolicyviolation", ({violatedDirective, blockedURI, sourceFile, lineNumber}) =>
  globalThis.policyReports.push(`${violatedDirective} ${blockedURI} ${sourceFile}:${lineNumber}`));
"""


def key_of(certificate):
    """The digest of the certificate's key, as Chromium's --ignore-certificate-errors-spki-list takes it: this key alone is trusted."""
    public = subprocess.run(["openssl", "x509", "-in", certificate, "-noout", "-pubkey"], check=True, capture_output=True).stdout
    der = subprocess.run(["openssl", "pkey", "-pubin", "-outform", "der"], input=public, check=True, capture_output=True).stdout
    return base64.b64encode(hashlib.sha256(der).digest()).decode()


class Browser:
    def __init__(self, stage, width=1280, height=900, theme="light", motion=True):
        self.stage = stage
        self.profile = tempfile.mkdtemp(prefix="signalbox-chromium-")
        self.expected = []  # What the console may say in this test.
        self.said = []
        options = webdriver.ChromeOptions()
        options.binary_location = "/usr/bin/chromium"
        for argument in (
            "headless=new", "no-sandbox", "disable-gpu", "no-proxy-server", "disable-dev-shm-usage", "disable-background-networking",
            "disable-component-update", "no-first-run", "host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
            f"user-data-dir={self.profile}", f"window-size={width},{height}",
            f"ignore-certificate-errors-spki-list={key_of(stage.folder + '/pki/server.pem')}",
        ):
            options.add_argument(f"--{argument}")
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=webdriver.ChromeService("/usr/bin/chromedriver"))
        self.driver.set_script_timeout(60)
        self.cdp("Page.addScriptToEvaluateOnNewDocument", source=WATCH_POLICY)
        self.size(width, height)
        self.media(theme, motion)

    def cdp(self, command, **parameters):
        return self.driver.execute_cdp_cmd(command, parameters)

    def size(self, width, height=900):
        self.cdp("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 720)

    def media(self, theme="light", motion=True, **more):
        features = [{"name": "prefers-color-scheme", "value": theme},
                    {"name": "prefers-reduced-motion", "value": "no-preference" if motion else "reduce"}]
        features += [{"name": name.replace("_", "-"), "value": value} for name, value in more.items()]
        self.cdp("Emulation.setEmulatedMedia", features=features)

    # Going somewhere

    def sign_in(self, who="analyst"):
        """As people do: with the link, and the button of the page behind it."""
        self.driver.get(self.stage.link(who))
        self.wait(lambda: self.run("return location.pathname !== '/sign-in' || !!document.querySelector('button:enabled')"), "sign-in")
        if self.run("return location.pathname") == "/sign-in":
            try:
                button = self.find("main button:enabled")
                if button:
                    button.click()
            except (StaleElementReferenceException, ElementNotInteractableException):
                pass  # The page has signed in by itself meanwhile.
        self.wait(lambda: self.run("return location.pathname") != "/sign-in", "signed in")
        # Whether somebody is signed in already is asked first, and a browser notes each answer that says no.
        self._hear()
        self.said = [one for one in self.said if "/api/session - Failed to load resource: the server responded with a status of 401" not in one]
        return self

    def open(self, path):
        self.driver.get(self.stage.url + path)
        return self

    @property
    def path(self):
        return self.run("return location.pathname")

    # Looking and doing

    def run(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def run_async(self, script, *arguments):
        return self.driver.execute_async_script(script, *arguments)

    def find(self, selector):
        found = self.driver.find_elements(By.CSS_SELECTOR, selector)
        return found[0] if found else None

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def text(self, selector="main"):
        return self.run("return document.querySelector(arguments[0])?.innerText ?? ''", selector)

    def wait(self, condition, what, within=30):
        return eventually(condition, lambda: f"{what() if callable(what) else what}\n--- the page:\n{self.text('body')[:1500]}", within)

    def see(self, text, selector="body", within=30):
        """Waits until the page shows this text."""
        return self.wait(lambda: text in self.text(selector), f"“{text}” in {selector}", within)

    def button(self, text):
        """The button or link whose words begin like this, once it can be used; of an open dialog, if there is one."""
        script = """
            return [...(document.querySelector("dialog[open]") ?? document).querySelectorAll("button, a, summary, [role=button]")].find((one) =>
              one.checkVisibility() && !one.disabled && one.getAttribute("aria-disabled") !== "true" &&
              (one.innerText || one.getAttribute("aria-label") || "").trim().startsWith(arguments[0]));"""
        return self.wait(lambda: self.run(script, text), f"a button “{text}”")

    def press(self, text):
        # By hand's way, a click at the place where it is; a redraw in between may have put another element there.
        def click():
            button = self.button(text)
            try:
                self.run("arguments[0].scrollIntoView({block: 'center'})", button)
                button.click()
                return True
            except (StaleElementReferenceException, ElementClickInterceptedException):
                return False
        self.wait(click, f"“{text}” is clicked")

    def keys(self, *keys):
        webdriver.ActionChains(self.driver).send_keys(*keys).perform()

    def tab(self):
        """One more tab; `self` goes on in it."""
        self.driver.switch_to.new_window("tab")
        self.cdp("Page.addScriptToEvaluateOnNewDocument", source=WATCH_POLICY)
        return self.driver.current_window_handle

    def picture(self, path, whole=True):
        if whole:
            size = self.cdp("Page.getLayoutMetrics")["cssContentSize"]
            # The page is laid out for the picture without a scroll bar beside it.
            clip = {"x": 0, "y": 0, "width": self.run("return innerWidth"), "height": min(size["height"], 6000), "scale": 1}
            data = self.cdp("Page.captureScreenshot", captureBeyondViewport=True, clip=clip)
        else:
            data = self.cdp("Page.captureScreenshot")
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(base64.b64decode(data["data"]))

    # What went wrong

    def errors(self):
        """What the console and the page policy said that no test expects."""
        self._hear()
        reports = self.run("return globalThis.policyReports ?? []")
        return [one for one in self.said + reports if not any(words in one for words in self.expected)]

    def _hear(self):
        self.said += [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")]

    def close(self):
        self.driver.quit()
        shutil.rmtree(self.profile, ignore_errors=True)


__all__ = ["Browser", "Keys"]
