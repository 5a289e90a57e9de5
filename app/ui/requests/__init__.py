"""What the character asks of the person, and how it is answered."""
