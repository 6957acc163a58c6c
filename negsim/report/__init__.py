"""Results as something to read: text, JSON and CSV. Nothing here computes; it only says what was found."""
