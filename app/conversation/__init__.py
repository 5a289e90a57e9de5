"""The heart of Heron, without Qt: state, turns, and the controller that owns a voice session."""
