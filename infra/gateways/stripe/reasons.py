"""Why a charge came to nothing: Stripe's codes, in the words that dunning knows.

https://docs.stripe.com/declines/codes. A code that is not here is passed on as it is.
"""

from collections.abc import Mapping
from typing import Any

REASONS: Mapping[str, str] = {
    code: reason
    for reason, codes in {
        "3d_secure_failed": (
            "authentication_required",
            "authentication_not_handled",
            "payment_intent_authentication_failure",
        ),
        "call_issuer": ("call_issuer",),
        "card_expired": (
            "expired_card",
            "invalid_expiry_month",
            "invalid_expiry_year",
        ),
        "fraud_suspected": ("fraudulent", "merchant_blacklist", "security_violation"),
        "general_decline": (
            "approve_with_id",
            "card_declined",
            "do_not_honor",
            "do_not_try_again",
            "duplicate_transaction",
            "generic_decline",
            "no_action_taken",
            "try_again_later",
        ),
        "insufficient_funds": ("insufficient_funds",),
        "internal_timeout": ("processing_error", "reenter_transaction"),
        "invalid_card_number": (
            "incorrect_number",
            "invalid_account",
            "invalid_number",
            "new_account_information_available",
            "testmode_decline",
        ),
        "invalid_csc": ("incorrect_cvc", "invalid_cvc"),
        "issuer_unavailable": ("issuer_not_available",),
        "payment_method_limit_exceeded": (
            "card_velocity_exceeded",
            "invalid_amount",
            "withdrawal_count_limit_exceeded",
        ),
        "payment_method_restricted": (
            "card_not_supported",
            "currency_not_supported",
            "lost_card",
            "not_permitted",
            "pickup_card",
            "restricted_card",
            "service_not_allowed",
            "stolen_card",
            "transaction_not_allowed",
        ),
        "permission_revoked": (
            "revocation_of_all_authorizations",
            "revocation_of_authorization",
            "stop_payment_order",
        ),
    }.items()
    for code in codes
}
#: What the account itself has asked for, and what nobody has done in time.
CANCELED = {
    "abandoned": "expired_on_confirmation",
    "automatic": "expired_on_capture",
    "void_invoice": "canceled_by_merchant",
    "requested_by_customer": "canceled_by_merchant",
    "duplicate": "canceled_by_merchant",
    "fraudulent": "canceled_by_merchant",
    "failed_invoice": "canceled_by_merchant",
}


def decline(error: Mapping[str, Any]) -> tuple[str, str]:
    """The reason, and whose it is. The issuer's own code says more than Stripe's."""
    code = str(error.get("decline_code") or error.get("code") or "generic_decline")
    is_issuers = error.get("type") == "card_error"
    return REASONS.get(code, code), "payment_network" if is_issuers else "stripe"
