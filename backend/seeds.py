"""What a fresh database of the city holds: OPDs, kelurahan, categories, days off. What a manager changed later stays."""

from backend.agencies.seed import seed_agencies
from backend.sla.seed import seed_holidays


async def plant() -> None:
    """Insert what is missing."""
    await seed_agencies()
    await seed_holidays()
