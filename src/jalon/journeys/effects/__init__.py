"""What acts write in the journey's own tables, one file a chapter of the story."""

from jalon.journeys.effects import (  # noqa: F401 - importing a chapter registers its effects
    accompaniment,
    adjustments,
    admissibility,
    changes,
    closing,
    complaints,
    feasibility,
    fraud,
    jury,
    lapse,
    outside,
    prior_blocs,
    registration,
    result,
    retention,
)
