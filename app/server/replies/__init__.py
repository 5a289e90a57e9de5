"""What the character answers, one ability per file behind one small interface."""
