"""The pages of last resort: not found, not allowed, not understood, and our own failure."""

from django.http import HttpRequest, HttpResponse
from django.template import loader
from structlog.contextvars import get_contextvars

from gongjian.kernel.answers import problem

FAILED = "系统出了问题，这一步没有办成，已经保存的内容不受影响。请稍后再试；多次出现时，请把下面的编号告诉受理窗口。"
PLAIN = "<!doctype html><html lang='zh-Hans'><meta charset='utf-8'><title>系统出了问题</title><h1>系统出了问题</h1><p>请稍后再试。</p></html>"


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer to an address that leads nowhere."""
    return problem(
        request,
        status=404,
        code="kernel.page_not_found",
        title="没有找到这个页面",
        sentence="网址可能有误，或者页面已经移走。请从首页进入；查案件进度请用受理编号。",
    )


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer to somebody without the authority."""
    return problem(
        request,
        status=403,
        code="kernel.not_allowed",
        title="您不能打开这个页面",
        sentence="您现在登录的身份没有这项权限。请换用有权限的账号，或者联系本单位管理员。",
    )


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer to a request that cannot be understood."""
    return problem(
        request,
        status=400,
        code="kernel.bad_request",
        title="这次提交无法识别",
        sentence="提交的内容不完整或者太大。请返回上一页检查后再试；文件较多时请分几次上传。",
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer to our own failure. Needs neither database nor session, and falls back to plain words if even the template fails."""
    name = "kernel/_failed.html" if request.headers.get("HX-Request") else "kernel/500.html"
    facts = {"sentence": FAILED, "number": str(get_contextvars().get("request_id", ""))[:8]}
    try:
        body = loader.get_template(name).render(facts)
    except Exception:  # the page that reports a failure must not fail
        body = PLAIN
    response = HttpResponse(body, status=500)
    response["Cache-Control"] = "no-store"
    response["HX-Retarget"], response["HX-Reswap"], response["Gongjian-Refusal"] = "#refusal", "innerHTML", "failed"
    return response
