"""The roof without a screen: the same conversation in a terminal."""
