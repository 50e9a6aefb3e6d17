"""How both agents listen: uvicorn, with a certificate, and letting in whoever has one of the authority's."""

import argparse
import asyncio
import json
import socket
import ssl
from collections.abc import Callable

import uvicorn
from starlette.types import ASGIApp


def serve(make_application: Callable[[str], ASGIApp], description: str) -> None:
    """Reads the command line and serves; the application is made once its own URL is known."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--listen", default="127.0.0.1:0", metavar="HOST:PORT")
    for name, what in (
        ("cert", "the agent's certificate"),
        ("key", "its key"),
        ("ca", "the authority of callers' certificates"),
    ):
        parser.add_argument(f"--{name}", required=True, metavar="FILE", help=what)
    parser.add_argument("--ready-file", metavar="FILE", help="written with the URL once the port is known")
    options = parser.parse_args()
    host, _, port = options.listen.rpartition(":")
    with socket.create_server((host, int(port))) as listener:
        url = f"https://localhost:{listener.getsockname()[1]}"
        print(url, flush=True)
        if options.ready_file:
            with open(options.ready_file, "w") as file:
                json.dump({"url": url}, file)
        config = uvicorn.Config(
            make_application(url),
            log_level="warning",
            lifespan="off",
            timeout_graceful_shutdown=1,
            ssl_certfile=options.cert,
            ssl_keyfile=options.key,
            ssl_ca_certs=options.ca,
            ssl_cert_reqs=ssl.CERT_REQUIRED,
        )
        asyncio.run(uvicorn.Server(config).serve(sockets=[listener]))
