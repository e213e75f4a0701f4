-- Inputs and outputs of steps: apart from the steps, since not every reader may see them.
-- grain: one row per step that carried any content
select * from staging.step_contents
