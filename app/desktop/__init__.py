"""What the operating system offers, without Qt."""
