"""The characters that can be talked to: what they are, and where they are kept."""
