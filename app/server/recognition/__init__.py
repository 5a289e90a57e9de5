"""Speech recognition engines, one per file behind one small interface."""
