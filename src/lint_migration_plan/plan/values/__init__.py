"""Single values: what a risk, an effort, a date, a list of stages or of layers means."""
