"""What can be mended in a package by itself."""
