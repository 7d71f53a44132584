"""Starts the emulator on a free port, tells its address on standard output, and ends when standard input does."""

import argparse
import asyncio
import json
import os
import socket
import sys

from .account import ACCOUNT, REGION


def main() -> None:
    """Entry point."""
    parser = argparse.ArgumentParser(prog="emulator", description=__doc__)
    parser.add_argument("--container", nargs="+", required=True, help="command that runs in a Processing job's container")
    container = parser.parse_args().container

    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    endpoint = f"http://127.0.0.1:{port}"
    os.environ.update(_settings(endpoint, port))

    # ministack reads its settings when it is imported.
    from .emulator import serve

    asyncio.run(serve(listener, endpoint, container, on_ready=lambda: print(json.dumps({"endpoint": endpoint}), flush=True)))
    # Its threads know no end.
    sys.stdout.flush()
    os._exit(0)


def _settings(endpoint: str, port: int) -> dict[str, str]:
    return {
        "GATEWAY_PORT": str(port),
        "MINISTACK_HOST": "127.0.0.1",
        "AWS_ENDPOINT_URL": endpoint,
        "MINISTACK_ACCOUNT_ID": ACCOUNT,
        "MINISTACK_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ACCESS_KEY_ID": ACCOUNT,
        "AWS_SECRET_ACCESS_KEY": "local",
        "LAMBDA_EXECUTOR": "local",
        # A state machine that waits for half a minute waits for a second and a half.
        "SFN_WAIT_SCALE": "0.05",
        # Neither a Docker daemon nor listeners that nobody asked for.
        "DOCKER_HOST": "unix:///nonexistent",
        "SFTP_ENABLED": "0",
        "IOT_MTLS_ENABLED": "0",
    }


if __name__ == "__main__":
    main()
