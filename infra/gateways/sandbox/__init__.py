"""A payment provider on this machine: speaks YooKassa's API, takes nobody's money.

A process of its own with a memory of its own, ``python -m infra.gateways.sandbox``;
the cinema knows it only as an address to which the ordinary adapter talks.
"""

from collections.abc import Mapping

#: Any shop will do, with any key that begins like a test shop's.
SHOP = "100500"
SHOP_KEY = "test_sandbox"


def environment(port: int) -> Mapping[str, str]:
    """The cinema's settings when the sandbox runs on this port."""
    address = f"http://127.0.0.1:{port}"
    return {
        "CINEMA_YOOKASSA_SHOP_ID": SHOP,
        "CINEMA_YOOKASSA_SECRET_KEY": SHOP_KEY,
        "CINEMA_YOOKASSA_URL": f"{address}/v3",
        "CINEMA_YOOKASSA_PEERS": '["127.0.0.1"]',
        "CINEMA_PAYMENT_RETURN_URL": f"{address}/shop",
    }
