"""The roof: everything Qt."""
