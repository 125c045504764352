"""What persons decide about data: links between rows and enterprises, corrections of values."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from yanzhen.apps.accounts.models import User
from yanzhen.apps.enterprises.models import Enterprise
from yanzhen.apps.facts.enums import CORRECTION_MOVES, CorrectionState, Decision
from yanzhen.apps.facts.models import Correction, LinkReview
from yanzhen.apps.facts.values import read_value, write_value
from yanzhen.apps.journal.services import record
from yanzhen.apps.organizations.city import current_city
from yanzhen.kernel.errors import CellError, DomainError, TransitionError
from yanzhen.packs.model import City


@transaction.atomic
def decide_link(review: LinkReview, *, accept: bool, by: User) -> LinkReview:
    """Say whether a row and an enterprise are one (关联核对); holds for every later file.

    Raises:
        TransitionError: it was decided already, or another enterprise was confirmed for the row.
    """
    review = LinkReview.objects.select_for_update().get(pk=review.pk)
    if review.decision != Decision.OPEN:
        raise TransitionError(f"这一条已核对为“{review.get_decision_display()}”，不能再改")
    review.decision = Decision.ACCEPTED if accept else Decision.REJECTED
    review.decided_by, review.decided_at = by, timezone.now()
    try:
        with transaction.atomic():
            review.save(update_fields=["decision", "decided_by", "decided_at"])
    except IntegrityError as error:
        raise TransitionError("同一代码和名称已确认为另一家企业：请先核对那一条") from error
    record(
        "facts.link_decided",
        review,
        by=by,
        decision=review.decision,
        dataset=review.dataset,
        candidate=review.candidate,
    )
    return review


@transaction.atomic
def propose_correction(
    enterprise: Enterprise,
    fact: str,
    text: str,
    *,
    as_of: date,
    received_on: date,
    source: str,
    by: User,
    city: City | None = None,
) -> Correction:
    """Say that a value is otherwise (提出更正); it counts once somebody else verified it.

    Args:
        enterprise: whose value.
        fact: id of the fact.
        text: the right value as a person writes it; blank says that it is unknown.
        as_of: the day that the value speaks of.
        received_on: today.
        source: the document that shows it.
        by: who says so.
        city: the city folder; by default the site's.

    Raises:
        DomainError: there is no such fact, it cannot be corrected, the text is no such value, no
            source is named, or the day lies ahead.
    """
    known = (city or current_city()).facts.get(fact)
    if known is None:
        raise DomainError(f"没有“{fact}”这一项事实：请从列表中选择")
    if fact == "uscc":
        raise DomainError("统一社会信用代码由登记机关更正，不能在此修改")
    if not source.strip():
        raise DomainError("请写明依据，如文件名称和编号")
    if as_of > received_on:
        raise DomainError("数据日期不能晚于今天：请核对")
    try:
        value = write_value(read_value(text, known.spec))
    except CellError as error:
        raise DomainError(str(error)) from error
    if known.codes and value and value not in known.codes:
        raise DomainError(f"“{value}”不在可选值中：请填 {'、'.join(known.codes)}")
    correction = Correction.objects.create(
        enterprise=enterprise,
        fact=fact,
        value=value,
        as_of=as_of,
        received_on=received_on,
        source=source.strip(),
        by=by,
    )
    record("facts.correction_proposed", correction, by=by, fact=fact)
    return correction


@transaction.atomic
def decide_correction(
    correction: Correction, to: CorrectionState, *, on: date, by: User
) -> Correction:
    """Verify, reject or withdraw a correction (核实更正).

    Raises:
        TransitionError: not from its present state, or its proposer would verify it.
    """
    correction = Correction.objects.select_for_update().get(pk=correction.pk)
    if to not in CORRECTION_MOVES[CorrectionState(correction.state)]:
        raise TransitionError(
            f"“{correction.get_state_display()}”的更正不能改为“{CorrectionState(to).label}”"
        )
    if to == CorrectionState.VERIFIED and correction.by_id == by.pk:
        raise TransitionError("提出更正的人不能自己核实：请由另一人办理")
    correction.state, correction.decided_by, correction.decided_on = to, by, on
    correction.save(update_fields=["state", "decided_by", "decided_on"])
    record("facts.correction_decided", correction, by=by, fact=correction.fact, state=to.value)
    return correction
