"""Devices: which there are, which is chosen, and what becomes of them."""
