"""Floor 4: notices drawn from the journal, e-mails and their trace."""
