"""What decides: how much of a result each input explains, of a scenario's worlds and of a study's cells."""
