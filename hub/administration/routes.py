"""All pages of this concept, and the page that leads to the rest of the hub."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from hub.administration import account_routes, trail_routes, union_routes, user_routes
from hub.administration.more import links_for
from hub.pages import render
from hub.signed_in import OwnAccount

router = APIRouter()


@router.get("/more")
def more_page(request: Request, user: OwnAccount) -> HTMLResponse:
    """What the asker's role may use beyond the main navigation."""
    return render(request, "administration/more.html", groups=links_for(user.role))


for one in (user_routes, union_routes, trail_routes, account_routes):
    router.include_router(one.router)
