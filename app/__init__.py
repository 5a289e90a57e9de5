"""Heron, a desktop voice assistant that speaks the Estuary protocol."""

__version__ = "0.1.0"
