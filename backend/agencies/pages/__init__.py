"""The manager's desk: the city as data. Every change asks why."""

from litestar import Router

from backend.agencies.pages import agencies, categories, overview, places, signs

router = Router("/city", route_handlers=[*overview.ROUTES, *agencies.ROUTES, *categories.ROUTES, *signs.ROUTES, *places.ROUTES])
