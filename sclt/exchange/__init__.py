"""Into and out of sclt: the formats of others, one file for each."""
