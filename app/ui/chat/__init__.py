"""The conversation as people look at it: rows of bubbles, selected, searched, copied."""
