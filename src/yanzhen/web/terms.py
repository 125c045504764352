"""Closed lists of the domain that the interface shows (封闭词表), marked for translation.

They are values of the city folder and of registers, not texts of a template, so the collector of
messages would not see them; ``|tr`` shows them in the language of the page.
"""

from django.utils.translation import gettext_noop as _

LEVELS = (_("国家"), _("省"), _("市"), _("县"))
MODES = (_("免申即享"), _("即申即享"), _("承诺兑现"), _("快申快享"), _("评审"))
KINDS = (_("企业"), _("个体工商户"), _("农民专业合作社"))
STATUSES = (_("存续"), _("注销"), _("吊销"), _("迁出"))
GROUP_RULES = (_("就高"), _("补差"), _("叠加"), _("限次"))
SIZES = (_("大型"), _("中型"), _("小型"), _("微型"), _("不适用"), _("未知"))
RUN_STATES = (_("排队中"), _("计算中"), _("已完成"), _("未完成"), _("已取消"))
