"""What happened when: for whoever wonders why an answer was late, or silent."""
