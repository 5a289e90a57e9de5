"""Voices: text to speech engines, one per file behind one small interface."""
