"""Floor 3: files that people bring, checked; papers that Jalon prints, tagged and kept."""
