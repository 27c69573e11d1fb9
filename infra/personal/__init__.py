"""Personal data in the log: ciphertext, each person's under a key of their own."""
