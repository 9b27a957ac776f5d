"""Skeletons for what a plan lacks, in the form that the plan has, and where they go."""
