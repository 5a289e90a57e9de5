"""Sans-I/O: typed messages that both ends use, and the client framing of Engine.IO and Socket.IO."""
