"""Packages of cmi5 and Tin Can."""
