"""The cycle collector, for processes that make and drop thousands of objects a batch.

Left as it is, it goes through all of them again and again and finds nothing: none of
them refers to itself. It took longer than decoding them.
"""

import gc

#: Objects made and not dropped since the last look. Some pages of facts are fewer.
SELDOM = 300_000


def collect_seldom() -> None:
    """From now on, in this process: what is no cycle goes at once, as ever."""
    gc.set_threshold(SELDOM, *gc.get_threshold()[1:])
