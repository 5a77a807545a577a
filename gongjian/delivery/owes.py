"""What this room owes beside the table of the procedure."""

from gongjian.cases.labels import named

AWAIT_POST = named("await_post", "救济期限已届满，等候期限内寄出的申请到达后登记生效")
AWAIT_YEAR = named("await_year", "相关年份的节假日安排尚未录入，救济期限可能变动，暂缓登记生效")
AWAIT_SECOND = named("await_second", "等待省级劳动能力鉴定委员会的再次鉴定结论")
AGAIN = named("deliver_again", "换一种方式再次送达")
REACH = named("reach_party", "设法通知到当事人")
SEND_COPY = named("send_copy", "抄送文书")
SEND_NOTICE = named("send_notice", "送达纸质通知书")
SEND_PAPER = named("send_paper", "寄出纸质文书")
