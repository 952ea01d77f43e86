"""From the author's files to a Course, with every fault that they have."""
