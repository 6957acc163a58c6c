"""What is suspicious about a valid scenario."""
