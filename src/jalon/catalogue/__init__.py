"""Floor 2: certifications, their blocs, competences and criteria, and how people find them."""
