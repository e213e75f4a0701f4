-- Forget what the settings said of workflows.
-- grain: one row per workflow
delete from rollup.workflows
