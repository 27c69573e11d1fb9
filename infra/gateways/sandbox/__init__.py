"""A payment provider on this machine: speaks YooKassa's API, takes nobody's money.

A process of its own with a memory of its own, ``python -m infra.gateways.sandbox``;
the cinema knows it only as an address to which the ordinary adapter talks.
"""
