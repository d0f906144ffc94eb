"""How a person acts in a scenario: through functions, or through pages."""
