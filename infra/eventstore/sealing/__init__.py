"""Proof that the log was not altered: blocks of events, each chained to the last."""
