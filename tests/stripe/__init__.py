"""Stripe as tests need it: with a memory, and with faults that strike on request."""
