"""The values that flow through sclt: courses, sites, packages, findings. Plain and immutable."""
