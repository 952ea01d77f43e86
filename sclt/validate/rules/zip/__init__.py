"""The zip itself."""
