"""What a form says, with the structure that its names have: ``a[b][0]=c``."""

import re
from typing import Any
from urllib.parse import parse_qsl

STEP = re.compile(r"[^\[\]]+")


def read(text: str) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        *branch, leaf = STEP.findall(name)
        node = tree
        for step in branch:
            node = node.setdefault(step, {})
        node[leaf] = value
    return tree


def listed(node: Any) -> list[Any]:
    return list(node.values()) if isinstance(node, dict) else []
