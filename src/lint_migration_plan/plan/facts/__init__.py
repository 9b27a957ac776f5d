"""Facts about a built plan that several rules need."""
