"""Judges packages, ours or not. Of sclt's builder it knows the zip alone: it has its own reading of each standard."""
