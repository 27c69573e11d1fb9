"""Every process, by name, and every follower that keeps a position of its own."""

from typing import Any

from processes.process import Process

STORIES: tuple[Process[Any, Any, Any], ...] = ()

#: Each story's courier, and whoever else follows the log one fact at a time.
FOLLOWERS: tuple[str, ...] = tuple(f"{story.name}_courier" for story in STORIES)
