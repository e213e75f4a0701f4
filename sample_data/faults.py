"""The planted facts: what goes wrong (or right), in which of the eight weeks. Weeks are counted from 0, the oldest."""

WEEK_COUNT = 8

SILENT_REFUNDS = "silent_refunds"
SMALL_MODEL_ROUTING = "small_model_routing"
MONEY_LOOP = "money_loop"
RISING_ESCALATIONS = "rising_escalations"
LATE_VERIFICATIONS = "late_verifications"
UNPRICED_MODEL = "unpriced_model"
SELF_APPROVAL = "self_approval"
CEILING_PASSED = "ceiling_passed"

SILENT_REFUND_WEEK = 5
"""refund-support: prompt v7 went out on Monday and was taken back on Sunday night."""
SILENT_REFUND_SHARE = 0.7
"""Share of v7's refunds that the payment system accepted and never carried out."""

ROUTING_FIRST_WEEK = 4
"""dependency-updates: from here on everything but the repair of broken code goes to the small model."""

LOOP_WEEK = 2
LOOP_DAYS = (1, 2)
"""crm-cleanup: Tuesday and Wednesday, on which a search that ignored its cursor made the agent ask again and again."""
LOOP_SHARE = 0.4
LOOP_CALLS = (38, 72)
"""Fewest and most repetitions in one run."""

ESCALATED_SHARES = (0.08, 0.09, 0.11, 0.13, 0.16, 0.19, 0.23, 0.27)
"""it-triage: share of escalated runs, week by week."""

LATE_CHECK_DAYS = (6, 20)
"""invoice-matching: how long the monthly reconciliation takes."""
EARLY_CHECK_SHARE = 0.35
"""Share of invoices that a nightly rule checks before that."""

SELF_APPROVAL_WEEK = 6
CEILING_PASSED_WEEK = 3
