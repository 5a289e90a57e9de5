"""Microphone, speaker, devices, levels, resampling, voice activity."""
