"""What a class needs of a scenario: a game with fixed points, the sheets of its roles, grades for its deals."""
