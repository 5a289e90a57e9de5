"""The embedded character server: a process of its own, met only over the wire."""
