-- To version 4: contents are found by batch, run and step; a hash of these beside them was a tenth of a step's own columns.
-- grain: one row per step that carried any content, as before
alter table ledger.step_contents drop column step_key;
