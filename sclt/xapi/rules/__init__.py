"""What the standard demands of statements, a file for each part of them."""
