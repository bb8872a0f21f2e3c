"""The doors of complaints: reading them, telling one, taking a step, opening one by its key."""

from litestar import Router

from backend.complaints.pages import claim, read, steps, submit

router = Router("/", route_handlers=[*read.ROUTES, *submit.ROUTES, *steps.ROUTES, *claim.ROUTES])
