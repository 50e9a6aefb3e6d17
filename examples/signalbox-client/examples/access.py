"""What the scripts here have in common: which gateway, by which right, and what becomes of trouble."""

import argparse
import asyncio
import json
import os
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from signalbox_client import Gateway, GatewayError


def parser(about: str) -> argparse.ArgumentParser:
    """The options by which a gateway is found; each has a name in the environment as well."""
    made = argparse.ArgumentParser(description=about)
    made.add_argument("--ready", type=Path, help="the ready.json of `signalbox demo`, which says all of the following")
    for name, words in (
        ("url", "such as https://localhost:8443"),
        ("ca", "the authority of the gateway's certificate, PEM"),
        ("cert", "the client certificate, PEM"),
        ("key", "its private key, PEM"),
        ("token-file", "a file with a bearer token, in place of a certificate"),
    ):
        variable = f"SIGNALBOX_{name.upper().replace('-', '_')}"
        made.add_argument(f"--{name}", default=os.environ.get(variable), help=f"{words} ({variable})")
    return made


def gateway(options: argparse.Namespace) -> Gateway:
    """The gateway that the options name."""
    if options.ready is not None:
        ready = json.loads(options.ready.read_text())
        return Gateway(ready["url"], ca=ready["ca"], cert=ready["operator"]["cert"], key=ready["operator"]["key"])
    if options.url is None:
        sys.exit("Say which gateway: --url, SIGNALBOX_URL, or --ready FILE of a demo.")
    token = None if options.token_file is None else Path(options.token_file).read_text().strip()
    return Gateway(options.url, ca=options.ca, cert=options.cert, key=options.key, token=token)


def run(main: Callable[[], Coroutine[Any, Any, int]]) -> None:
    """Ends the process with what `main` gives; trouble is one line, and 1."""
    try:
        sys.exit(asyncio.run(main()))
    except (GatewayError, ValueError) as error:
        sys.exit(f"{Path(sys.argv[0]).stem}: {error}")
    except KeyboardInterrupt:
        sys.exit(130)
