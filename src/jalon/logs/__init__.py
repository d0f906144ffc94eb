"""What this installation writes down of its own work: one line for each thing, and nothing about people."""
