"""What the kit lacks to be run here: a client's certificate, a receiver of pushes on this machine alone, and its verdicts as data.

A plugin of pytest. KIT_CA, KIT_CERT and KIT_KEY name files, KIT_RESULTS the file for the verdicts.
"""

import json
import os
import ssl

from collections.abc import Generator
from pathlib import Path

import pytest

from tck.webhook import server

LEVELS = ('must', 'should', 'may')


def show_certificate() -> None:
    """The kit's clients make their TLS settings by this function, and have no option for a certificate."""
    make = ssl.create_default_context

    def make_with_certificate(*arguments: object, **options: object) -> ssl.SSLContext:
        context = make(*arguments, **options)
        if authority := os.environ.get('KIT_CA'):
            context.load_verify_locations(authority)
        if certificate := os.environ.get('KIT_CERT'):
            context.load_cert_chain(certificate, os.environ['KIT_KEY'])
        return context

    ssl.create_default_context = make_with_certificate


def receive_here_alone() -> None:
    """As the kit has it, its receiver listens on every address of the machine."""
    server.WebhookReceiver.__init__.__defaults__ = ('127.0.0.1',)


show_certificate()
receive_here_alone()


def level_of(item: pytest.Item) -> str:
    """Of the requirement that a test is about, or else of the test."""
    parameters = getattr(getattr(item, 'callspec', None), 'params', {})
    for parameter in parameters.values():
        if hasattr(parameter, 'level'):
            return parameter.level.value.lower()
    return next((level for level in LEVELS if item.get_closest_marker(level)), 'other')


def reason(report: pytest.TestReport) -> str:
    if isinstance(report.longrepr, tuple):
        return report.longrepr[2]
    errors = [line[1:].strip() for line in report.longreprtext.splitlines() if line.startswith('E ')]
    return errors[0] if errors else getattr(report, 'wasxfail', '')


def outcome_of(report: pytest.TestReport) -> str:
    if hasattr(report, 'wasxfail'):
        return 'xfailed' if report.skipped else 'xpassed'
    return report.outcome


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, object, None]:
    report = (yield).get_result()
    # A test that is skipped, or cannot begin, has no call. One that breaks in its end has two verdicts.
    if report.when != 'call' and report.outcome == 'passed' or report.when == 'teardown' and report.outcome != 'failed':
        return
    line = {'level': level_of(item), 'outcome': outcome_of(report), 'test': item.nodeid, 'why': reason(report)}
    with Path(os.environ['KIT_RESULTS']).open('a') as file:
        file.write(json.dumps(line) + '\n')
