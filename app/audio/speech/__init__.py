"""What is a voice in a microphone's sound, and what is echo and noise."""
