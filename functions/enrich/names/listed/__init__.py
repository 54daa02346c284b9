"""Names in languages without a model, by lists and rules."""
