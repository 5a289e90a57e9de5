"""The history as a file to keep or to pass on: Markdown, JSON or HTML."""
