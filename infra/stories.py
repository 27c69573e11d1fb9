"""Every process, by name."""

from typing import Any

from processes.account_letters import account_letters
from processes.card_on_file import card_on_file
from processes.checkout import checkout
from processes.letters import letters
from processes.premieres import premieres
from processes.process import Process
from processes.renewal import renewal

STORIES: tuple[Process[Any, Any, Any], ...] = (
    checkout,
    renewal,
    card_on_file,
    letters,
    account_letters,
    premieres,
)
