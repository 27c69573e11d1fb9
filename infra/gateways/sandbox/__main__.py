"""``python -m infra.gateways.sandbox --port N --state DIR [--webhook-url URL]``"""

import argparse
from pathlib import Path

import uvicorn

from infra.gateways.sandbox.application import create_app
from infra.gateways.sandbox.protocol import AbruptProtocol
from infra.gateways.sandbox.provider import open_provider


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m infra.gateways.sandbox",
        description="A payment provider that speaks YooKassa's API.",
    )
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--state", type=Path, required=True, help="where it remembers")
    parser.add_argument(
        "--webhook-url",
        action="append",
        default=[],
        help="where notifications go; may be given several times",
    )
    parser.add_argument("--certificate", help="PEM; then it speaks https")
    parser.add_argument("--key", help="of the certificate, PEM")
    arguments = parser.parse_args()
    application = create_app(
        open_provider(arguments.state), tuple(arguments.webhook_url)
    )
    uvicorn.run(
        application,
        host="127.0.0.1",
        port=arguments.port,
        http=AbruptProtocol,
        ssl_certfile=arguments.certificate,
        ssl_keyfile=arguments.key,
        log_level="warning",
        timeout_graceful_shutdown=1,
    )


if __name__ == "__main__":
    main()
