"""The rig of the ``audio`` suite: a room around a virtual sound card, ears, and whoever is measured in it."""
