"""A subscription: agreed to, paid for period by period, over one day."""

from collections.abc import Sequence
from typing import TypeAlias, assert_never

from domain.kernel.decider import Decider
from domain.subscription import (
    arrears,
    blocks,
    boundaries,
    changes,
    free_time,
    intents,
    pauses,
    periods,
    prices,
    refunded,
    resumption,
    trials,
)
from domain.subscription.change_commands import (
    ChangePlan,
    ConfirmPlanChange,
    RejectPlanChange,
    RevokePlanChange,
    SchedulePlanChange,
    SchedulePriceChange,
)
from domain.subscription.commands import (
    AnnounceRenewal,
    CancelSubscription,
    ClearMethod,
    ConfirmPeriod,
    EndForRefund,
    EndPeriod,
    ExpireIncomplete,
    ExpireUnpaid,
    MarkPastDue,
    RevokeCancellation,
    SetAutoRenewal,
    SetMethod,
    StartSubscription,
    SubscriptionCommand,
    SuspendSubscription,
    TakeDunningStep,
)
from domain.subscription.events import (
    SubscriptionEvent,
    SubscriptionIncompleteExpired,
    SubscriptionMethodSet,
    SubscriptionStarted,
)
from domain.subscription.evolution import evolve
from domain.subscription.refusals import (
    SubscriptionNotFound,
)
from domain.subscription.standing_commands import (
    BlockSubscription,
    EndPause,
    GrantFreeTime,
    PauseSubscription,
    ResumeSubscription,
    RevokePause,
    UnblockSubscription,
)
from domain.subscription.states import (
    Absent,
    Existing,
    Incomplete,
    Over,
    Subscription,
)
from domain.subscription.trial_commands import (
    OpenTrialCheckout,
    RemindOfTrialEnd,
    RescheduleTrial,
)

Events: TypeAlias = Sequence[SubscriptionEvent]
Personal: TypeAlias = (
    CancelSubscription
    | RevokeCancellation
    | SetAutoRenewal
    | SetMethod
    | OpenTrialCheckout
    | PauseSubscription
    | RevokePause
    | ResumeSubscription
    | ChangePlan
    | SchedulePlanChange
    | RevokePlanChange
)


def decide(command: SubscriptionCommand, state: Subscription) -> Events:
    return changes.overtaken(state, answer(command, state), command.now)


def answer(command: SubscriptionCommand, state: Subscription) -> Events:
    if isinstance(command, StartSubscription):
        return start(command, state)
    if isinstance(state, Absent):
        raise SubscriptionNotFound
    match command:
        case CancelSubscription():
            return intents.cancel(command, owned(command, state))
        case RevokeCancellation():
            return intents.revoke_cancellation(command, owned(command, state))
        case SetAutoRenewal():
            return intents.set_auto_renewal(command, owned(command, state))
        case EndForRefund():
            return refunded.end_for_refund(command, state)
        case SetMethod():
            return set_method(command, owned(command, state))
        case ClearMethod():
            return clear_method(command, state)
        case ExpireIncomplete():
            return expire_incomplete(command, state)
        case ConfirmPeriod():
            return periods.confirm(command, state)
        case EndPeriod():
            return boundaries.end_period(command, state)
        case AnnounceRenewal():
            return periods.announce(command, state)
        case MarkPastDue():
            return arrears.mark_past_due(command, state)
        case TakeDunningStep():
            return arrears.take_dunning_step(command, state)
        case SuspendSubscription():
            return arrears.suspend(command, state)
        case ExpireUnpaid():
            return arrears.expire_unpaid(command, state)
        case OpenTrialCheckout():
            return trials.open_checkout(command, owned(command, state))
        case RemindOfTrialEnd():
            return trials.remind(command, state)
        case RescheduleTrial():
            return trials.reschedule(command, state)
        case PauseSubscription():
            return pauses.pause(command, owned(command, state))
        case RevokePause():
            return pauses.revoke(command, owned(command, state))
        case ResumeSubscription():
            return resumption.resume(command, owned(command, state))
        case EndPause():
            return resumption.end_pause(command, state)
        case BlockSubscription():
            return blocks.block(command, state)
        case UnblockSubscription():
            return blocks.unblock(command, state)
        case GrantFreeTime():
            return free_time.grant(command, state)
        case ChangePlan():
            return changes.change(command, owned(command, state))
        case SchedulePlanChange():
            return changes.schedule(command, owned(command, state))
        case RevokePlanChange():
            return changes.revoke(command, owned(command, state))
        case ConfirmPlanChange():
            return changes.confirm(command, state)
        case RejectPlanChange():
            return changes.reject(command, state)
        case SchedulePriceChange():
            return prices.schedule(command, state)
        case _:
            assert_never(command)


def owned(command: Personal, state: Existing) -> Existing:
    if command.account_id not in (None, state.contract.account_id):
        raise SubscriptionNotFound
    return state


def start(command: StartSubscription, state: Subscription) -> Events:
    if not isinstance(state, Absent):
        return ()
    started = SubscriptionStarted(
        subscription_id=command.subscription_id,
        account_id=command.account_id,
        terms=command.terms,
        gateway=command.gateway,
        time_zone=command.time_zone,
        auto_renew=command.auto_renew,
        started_at=command.now,
        trial_days=command.trial_days,
    )
    return (started, trials.started(command)) if command.trial_days else (started,)


def set_method(command: SetMethod, state: Existing) -> Events:
    if isinstance(state, Over) or state.contract.method == command.method:
        return ()
    return (
        SubscriptionMethodSet(
            subscription_id=command.subscription_id,
            account_id=state.contract.account_id,
            method=command.method,
            set_at=command.now,
        ),
    )


def clear_method(command: ClearMethod, state: Existing) -> Events:
    method = state.contract.method
    if not method or method.payment_method_id != command.payment_method_id:
        return ()
    return (
        SubscriptionMethodSet(
            subscription_id=command.subscription_id,
            account_id=state.contract.account_id,
            method=None,
            set_at=command.now,
        ),
    )


def expire_incomplete(command: ExpireIncomplete, state: Existing) -> Events:
    if not isinstance(state, Incomplete):
        return ()
    return (
        SubscriptionIncompleteExpired(
            subscription_id=command.subscription_id,
            account_id=state.contract.account_id,
            expired_at=command.now,
        ),
    )


subscription: Decider[SubscriptionCommand, Subscription, SubscriptionEvent] = Decider(
    category="subscription",
    key=lambda command: command.subscription_id,
    initial=Absent(),
    decide=decide,
    evolve=evolve,
)
