"""What follows from what was read; rules ask it."""
