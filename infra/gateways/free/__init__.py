"""A gateway that takes no money: for staff, and for trying the cinema out."""
