"""What cmi5 demands of a launched AU: each demand stands beside the one function that asks it."""
