"""The collector: owns the store, receives step events, answers the read API."""
