"""The settings as a window, generated from what is declared."""
