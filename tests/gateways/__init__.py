"""Which gateway takes whose money, and what happens when one does not work."""
