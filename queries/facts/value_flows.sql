-- In bad runs, where the arguments of suspect calls came from: the links of the causal chain, with the values themselves.
-- grain: one row per suspect call, argument and value
-- from_step_id: the first step that gave the value, null where nobody had said it before; argument: its path in the input of
-- to_step_id; is_expected: a failed assertion expected this value. Values are in lower case.
select * exclude (run_key)
from rollup.value_flows
