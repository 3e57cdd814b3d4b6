"""The daily summary for machines: its figures as numbers, the numbers that went in, and the text as it is sent.

Amounts are numbers in the currency that they stand under; a rate is a fraction of 1, null under five cases.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from dialogs.reports.summary import DailySummary, Insight
from knowledge.figures.share import Share
from knowledge.figures.suggestion import Suggestion


def summary_as_json(summary: DailySummary, text: str) -> Mapping[str, Any]:
    """JSON values. A team under four sellers has conversations, orders and turnover alone."""
    orders = summary.orders
    figures: dict[str, Any] = {
        "conversations": summary.conversations.value,
        "orders": orders.count.value,
        "turnover": {figure.value.currency: _number(figure.value.amount) for figure in orders.turnover},
    }
    numbers: dict[str, Any] = {
        "conversations": dict(summary.conversations.numbers),
        "orders": dict(orders.count.numbers),
    }
    if summary.insight is not None:
        figures |= _figures(summary, summary.insight)
        numbers |= _numbers(summary.insight)
    return {
        "team": summary.team,
        "day": summary.day.isoformat(),
        "from": summary.start.isoformat(),
        "until": summary.end.isoformat(),
        "asked_at": summary.asked_at.isoformat(),
        "figures": figures,
        "numbers": numbers,
        "text": text,
    }


def _figures(summary: DailySummary, insight: Insight) -> Mapping[str, Any]:
    due = insight.due
    return {
        "closing_rate": _rate(insight.closing.value),
        "closing_rate_before": _rate(insight.closing_before.value),
        "stall": None if insight.stall is None else insight.stall.about,
        "objections": {one.objection: one.settled.cases for one in insight.objections},
        "loss_reasons": {one.about: one.value.hits for one in insight.losses},
        "follow_ups": {"overdue": due.overdue, "today": due.today, "next": due.next},
        "next_day": summary.next_day.isoformat(),
        "suggestion": None if insight.suggestion is None else _suggestion(insight.suggestion),
    }


def _numbers(insight: Insight) -> Mapping[str, Any]:
    return {
        "closing_rate": {**insight.closing.numbers, **_interval(insight.closing.value)},
        "closing_rate_before": {**insight.closing_before.numbers, **_interval(insight.closing_before.value)},
        "stalls": {one.about: dict(one.numbers) for one in insight.stalls},
        "objections": {
            one.objection: {"raised": one.settled.cases, "settled": one.settled.hits} for one in insight.objections
        },
        "loss_reasons": {one.about: dict(one.numbers) for one in insight.losses},
    }


def _suggestion(found: Suggestion) -> Mapping[str, Any]:
    """The rule that holds, and what it follows from."""
    params = {
        name: value if isinstance(value, int | str) else value.isoformat() for name, value in found.params.items()
    }
    return {"rule": found.message.removeprefix("figures.suggestion."), **params}


def _rate(share: Share) -> float | None:
    return None if share.rate is None else _rounded(share.rate)


def _interval(share: Share) -> Mapping[str, float]:
    interval = share.interval
    return {} if interval is None else {"low": _rounded(interval.low), "high": _rounded(interval.high)}


def _rounded(fraction: Decimal) -> float:
    return float(round(fraction, 4))


def _number(amount: Decimal) -> int | float:
    """Written without loss: an amount has at most fourteen digits, and a float carries fifteen."""
    return int(amount) if amount == amount.to_integral_value() else float(amount)
