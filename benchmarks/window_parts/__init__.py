"""What the suite ``window`` is made of: windows with probes in them, and who works on them from outside."""
