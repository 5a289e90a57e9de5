"""The REST interface of the server: the same calls, answers and refusals as an Estuary server's."""
