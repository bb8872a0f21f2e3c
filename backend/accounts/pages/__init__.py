"""The doors of accounts: coming in and going out, one's own account, those who work for the city."""

from litestar import Router

from backend.accounts.pages import account, invitation, people, reset, second, second_factor, sign_in

router = Router(
    "/",
    route_handlers=[
        *sign_in.ROUTES,
        *second.ROUTES,
        *reset.ROUTES,
        *invitation.ROUTES,
        *account.ROUTES,
        *second_factor.ROUTES,
        *people.ROUTES,
    ],
)
