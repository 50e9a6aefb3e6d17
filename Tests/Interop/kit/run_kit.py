#!/usr/bin/env python3
"""Runs the public Technology Compatibility Kit of A2A against one agent, over TLS with a client's certificate.

Prints one line of JSON for each test: {"level": "must", "outcome": "passed", "test": NAME, "why": TEXT}. Outcomes are pytest's:
passed, failed, skipped, xfailed (a SHOULD that is not met), xpassed. Exits with 0 when the kit ran to its end, whatever it found.
"""

import argparse
import os
import subprocess
import sys
import tempfile

from pathlib import Path

# Of pytest: all passed, and some failed. Every other code means that it did not get through.
RAN = (0, 1)


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
    plugin = Path(__file__).resolve().parent
    kit = arguments.kit.resolve()
    files = {name: str(Path(path).resolve()) for name in ('ca', 'cert', 'key') if (path := getattr(arguments, name))}
    environment = dict(os.environ, PYTHONPATH=f'{kit}{os.pathsep}{plugin}', PYTHONDONTWRITEBYTECODE='1')
    environment.update({f'KIT_{name.upper()}': path for name, path in files.items()})
    with tempfile.TemporaryDirectory() as scratch:
        results = Path(scratch) / 'results'
        environment['KIT_RESULTS'] = str(results)
        command = [sys.executable, '-m', 'pytest', 'tests/compatibility/', f'--sut-host={arguments.url}', '-q', '--tb=short']
        command += ['-p', 'kit_plugin', '-p', 'no:cacheprovider', f'--transport={arguments.transport}']
        command += [f'--compatibility-report={scratch}/compatibility', *arguments.options]
        # What pytest says to people goes where people look for it when something is wrong.
        code = subprocess.run(command, cwd=kit, env=environment, stdout=sys.stderr, check=False).returncode
        if results.exists():
            sys.stdout.write(results.read_text())
    return 0 if code in RAN else code


if __name__ == '__main__':
    sys.exit(main())
