"""The first steps of a person who has just come: where to talk, the microphone, the talk key."""
