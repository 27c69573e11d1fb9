"""Stripe, through its own SDK made safe: timeouts, no hidden retries, no globals."""
