"""Starts the emulator on a free port, tells its address on standard output, and ends when standard input does."""

import argparse
import asyncio
import json
import os
import shutil
import signal
import socket
import sys
import threading
from pathlib import Path

from .account import ACCOUNT, REGION


def main() -> None:
    """Entry point."""
    parser = argparse.ArgumentParser(prog="emulator", description=__doc__)
    parser.add_argument("--analyzer", action="append", required=True, help="word of the command that runs in a Processing job's container")
    parser.add_argument("--managed", action="append", required=True, help="word of the command that plays the managed service's containers")
    parser.add_argument("--folder", type=Path, required=True, help="folder of everything that is written; it is removed in the end")
    options = parser.parse_args()
    temporary = options.folder / "tmp"
    temporary.mkdir()
    os.environ["TMPDIR"] = str(temporary)

    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    endpoint = f"http://127.0.0.1:{port}"
    os.environ.update(_settings(endpoint, port))

    # ministack reads its settings when it is imported.
    from .emulator import serve
    from .sagemaker.container import Commands

    os.setpgid(0, 0)
    threading.Thread(target=_end_with_standard_input, args=(options.folder,), daemon=True).start()
    commands = Commands(options.analyzer, options.managed)
    asyncio.run(serve(listener, endpoint, commands, on_ready=lambda: print(json.dumps({"endpoint": endpoint}), flush=True)))


def _end_with_standard_input(folder: Path) -> None:
    """Whoever started this closes it, or dies, and so does this, with every process of a function or a job."""
    sys.stdin.buffer.read()
    shutil.rmtree(folder, ignore_errors=True)
    os.killpg(0, signal.SIGKILL)


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
        # Calls are judged by the policies of who makes them.
        "AUTH": "true",
        "SFTP_ENABLED": "0",
        "IOT_MTLS_ENABLED": "0",
    }


if __name__ == "__main__":
    main()
