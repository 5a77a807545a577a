"""Refusals of the room."""

from gongjian.law.errors import NotAllowed, NotFound, RuleError


class MaterialNotFound(NotFound):
    code = "materials.not_found"
    message = "没有找到这份材料，或者您无权查看。请从案件页重新进入；如有疑问，请联系受理窗口。"


class MaterialClosed(NotAllowed):
    code = "materials.closed"
    message = "这份材料现在不能增加、移除或调整页面。材料交出后只能在补正期间补充，已交的页面由受理窗口保管。"


class KindNotListed(RuleError):
    code = "materials.kind_not_listed"
    message = "材料清单里没有这一项。请从清单中选择要上传的材料。"


class TooManyPages(RuleError):
    code = "materials.too_many_pages"
    message = "一份材料最多上传{limit}个文件。请把多页合并成一个 PDF 后再上传。"


class OrderIncomplete(RuleError):
    code = "materials.order_incomplete"
    message = "页面在您调整顺序时有了变化，这次调整没有保存。请刷新页面后再调整。"


class PageNumberWrong(NotFound):
    code = "materials.page_number_wrong"
    message = "这份材料一共{pages}页，没有您要看的那一页。"
