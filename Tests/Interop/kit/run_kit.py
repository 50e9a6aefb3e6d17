#!/usr/bin/env python3
"""Runs the public Technology Compatibility Kit of A2A against one agent, over TLS with a client's certificate.

Prints one line of JSON for each test: {"level": "must", "outcome": "passed", "test": NAME, "why": TEXT}. Outcomes are pytest's:
passed, failed, skipped, xfailed (a SHOULD that is not met), xpassed. Exits with 0 when the kit ran to its end, whatever it found.
"""

import argparse
import os
import sys
import tempfile

from pathlib import Path

import pytest

# All others mean that it did not get through.
RAN = (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED)


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--kit', required=True, type=Path, help="the kit's folder, as scripts/conformance-kit makes it")
    parser.add_argument('--url', required=True, help='where the card is: https://127.0.0.1:PORT')
    parser.add_argument('--ca', help="the authority of the server's certificate")
    parser.add_argument('--cert', help="the client's certificate")
    parser.add_argument('--key', help='its key')
    parser.add_argument('--transport', default='jsonrpc,http_json')
    parser.add_argument('options', nargs='*', help='for pytest, behind --')
    return parser.parse_args()


def main() -> int:
    arguments = parse_arguments()
    kit = arguments.kit.resolve()
    files = {name: str(Path(path).resolve()) for name in ('ca', 'cert', 'key') if (path := getattr(arguments, name))}
    os.environ.update({f'KIT_{name.upper()}': path for name, path in files.items()})
    # The kit is read, and nothing is written into it. This file's folder, with the plugin, is on the path already.
    sys.dont_write_bytecode = True
    sys.path.insert(0, str(kit))
    os.chdir(kit)
    # What pytest says to people goes where people look for it when something is wrong.
    verdicts = os.fdopen(os.dup(sys.stdout.fileno()), 'w')
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    with tempfile.TemporaryDirectory() as scratch:
        results = Path(scratch) / 'results'
        os.environ['KIT_RESULTS'] = str(results)
        options = ['tests/compatibility/', f'--sut-host={arguments.url}', '-q', '--tb=short']
        options += ['-p', 'kit_plugin', '-p', 'no:cacheprovider', f'--transport={arguments.transport}']
        options += [f'--compatibility-report={scratch}/compatibility', *arguments.options]
        # In this process, so that nothing goes on when whoever started it ends it.
        code = pytest.main(options)
        if results.exists():
            verdicts.write(results.read_text())
            verdicts.flush()
    return 0 if code in RAN else int(code)


if __name__ == '__main__':
    sys.exit(main())
