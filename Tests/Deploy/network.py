"""A network of its own for the services of a compose file: addresses of this machine, and a server of names where Docker has one.

`unshare --net python3 network.py '{"NAME": "ADDRESS", …}'` says `ready`, and ends when its input does.
"""

import fcntl
import json
import socket
import struct
import sys
import threading

SERVER = ("127.0.0.11", 53)
SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP = 0x8913, 0x8914, 1


def open_loopback() -> None:
    """A new network has its loopback, and nothing goes through it yet."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        asked = struct.pack("16sh14x", b"lo", 0)
        name, flags = struct.unpack("16sh14x", fcntl.ioctl(any_socket, SIOCGIFFLAGS, asked))
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sh14x", name, flags | IFF_UP))


def answer(query: bytes, addresses: dict[str, str]) -> bytes:
    """To one question for an address (RFC 1035): it, nothing for IPv6, or that there is no such name."""
    place, labels = 12, []
    while length := query[place]:
        labels.append(query[place + 1:place + 1 + length].decode().lower())
        place += 1 + length
    question = query[12:place + 5]
    kind = struct.unpack("!H", query[place + 1:place + 3])[0]
    address = addresses.get(".".join(labels))
    found = address is not None and kind == 1
    head = query[:2] + struct.pack("!HHHHH", 0x8580 if address is not None else 0x8583, 1, int(found), 0, 0)
    if not found:
        return head + question
    return head + question + struct.pack("!HHHIH", 0xC00C, 1, 1, 0, 4) + socket.inet_aton(str(address))


def serve(addresses: dict[str, str]) -> None:
    """Answers until the process ends."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(SERVER)
        print("ready", flush=True)
        while True:
            query, asker = server.recvfrom(4096)
            server.sendto(answer(query, addresses), asker)


if __name__ == "__main__":
    open_loopback()
    threading.Thread(target=serve, args=(json.loads(sys.argv[1]),), daemon=True).start()
    sys.stdin.read()
