"""A cinema's life in little time: people, a gateway that fails, one clock; an audit."""
