"""What is launched, what it loads, and what LMSs make of it."""
