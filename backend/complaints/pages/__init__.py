"""The doors of complaints: reading them, telling one, taking a step, opening one by its key."""

from litestar import Router

from backend.complaints.pages import agencies, claim, contact, counter, public, public_lists, read, steps, submit

router = Router(
    "/",
    route_handlers=[
        *read.ROUTES,
        *submit.ROUTES,
        *counter.ROUTES,
        *contact.ROUTES,
        *steps.ROUTES,
        *claim.ROUTES,
        *public_lists.ROUTES,
        *public.ROUTES,
        *agencies.ROUTES,
    ],
)
