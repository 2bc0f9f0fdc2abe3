"""What goes wrong, said once: a page or JSON, in the language of who asks. Nothing of the inside is shown."""

from urllib.parse import quote

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from hub.errors import HubError
from hub.pages import render, visitor_of, wants_json
from shared.text import Text

log = structlog.get_logger(__name__)

MESSAGES: dict[int, Text] = {
    404: Text("这里没有您要找的内容。", "There is nothing here by that address."),
    405: Text("此地址不接受这种操作。", "This address does not accept that method."),
    413: Text("提交的内容太大。", "What was sent is too large."),
    422: Text("提交的内容有误，未做任何改动。", "What was sent is not valid. Nothing was changed."),
}
OURS = Text("中心出了差错，已记录。请稍后再试。", "The hub made a mistake; it has been noted. Please try again later.")
OTHER = Text("无法处理此请求。", "This request cannot be handled.")


class Fault(BaseModel):
    """One field of a request that is not valid."""

    field: str
    problem: str


class Refusal(BaseModel):
    """Every error of the API."""

    status: int
    message: str
    faults: list[Fault] = []


def answer(request: Request, status: int, message: Text, faults: list[Fault] | None = None) -> Response:
    """The refusal, as page or JSON. A stranger on a page is led to the sign-in and back."""
    if wants_json(request):
        said = message.say(visitor_of(request).language)
        body = Refusal(status=status, message=said, faults=faults or [])
        headers = {"WWW-Authenticate": "Bearer"} if status == 401 else None
        return JSONResponse(body.model_dump(), status_code=status, headers=headers)
    if status == 401:
        onward = request.url.path if request.method in ("GET", "HEAD") else "/"
        return RedirectResponse(f"/sign-in?onward={quote(onward)}", status_code=303)
    return render(request, "error.html", status, status=status, message=message, faults=faults or [])


def install(app: FastAPI) -> None:
    """One handler for each way a request may fail."""

    @app.exception_handler(HubError)
    def refused(request: Request, error: HubError) -> Response:
        return answer(request, error.status, error.message)

    @app.exception_handler(HTTPException)
    def http(request: Request, error: HTTPException) -> Response:
        response = answer(request, error.status_code, MESSAGES.get(error.status_code, OTHER))
        for name, value in (error.headers or {}).items():
            response.headers[name] = value
        return response

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, error: RequestValidationError) -> Response:
        found = error.errors()
        if any(fault["loc"][:1] == ("path",) for fault in found):
            return answer(request, 404, MESSAGES[404])
        faults = [
            Fault(field=".".join(str(part) for part in fault["loc"][1:]), problem=fault["msg"]) for fault in found
        ]
        return answer(request, 422, MESSAGES[422], faults)

    @app.exception_handler(Exception)
    def ours(request: Request, error: Exception) -> Response:
        log.error("request failed", method=request.method, path=request.url.path, exc_info=error)
        return answer(request, 500, OURS)
