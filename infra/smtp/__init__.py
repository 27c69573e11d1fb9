"""E-mail: wording, sending, and a sink that shows what was sent."""
