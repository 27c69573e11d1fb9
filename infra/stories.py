"""Every process, by name."""

from typing import Any

from processes.account_letters import account_letters
from processes.card_on_file import card_on_file
from processes.checkout import checkout
from processes.letters import letters
from processes.plan_change import plan_change
from processes.plan_letters import plan_letters
from processes.premieres import premieres
from processes.process import Process
from processes.promotions import promotions
from processes.refund import refund
from processes.renewal import renewal

STORIES: tuple[Process[Any, Any, Any], ...] = (
    checkout,
    renewal,
    plan_change,
    promotions,
    card_on_file,
    refund,
    letters,
    plan_letters,
    account_letters,
    premieres,
)
