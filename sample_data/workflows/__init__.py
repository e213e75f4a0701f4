"""The five workflows of the invented company: one module each, with its cases beside it."""

from sample_data.workflows import crm_cleanup, dependency_updates, invoice_matching, it_triage, refund_support
from sample_data.workflows.slots import Workflow

WORKFLOWS: tuple[Workflow, ...] = (
    refund_support.WORKFLOW,
    dependency_updates.WORKFLOW,
    crm_cleanup.WORKFLOW,
    it_triage.WORKFLOW,
    invoice_matching.WORKFLOW,
)
