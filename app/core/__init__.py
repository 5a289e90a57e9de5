"""The ground floor: what at least two floors above need."""
