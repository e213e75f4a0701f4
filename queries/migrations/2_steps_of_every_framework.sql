-- To version 2: what telling every framework's steps apart, and counting them once, needs.
-- grain: one row per step, as before; the new columns are null for steps stored earlier
alter table ledger.steps add column signal varchar;
alter table ledger.steps add column usage_basis varchar;
alter table ledger.steps add column usage_rule bigint;
alter table ledger.steps add column cache_write_1h_tokens bigint;
alter table ledger.steps add column audio_input_tokens bigint;
alter table ledger.steps add column audio_output_tokens bigint;
alter table ledger.steps add column requested_call_ids varchar[];
alter table ledger.steps add column run_keys varchar[];
alter table ledger.steps add column system_prompt_hash varchar;
alter table ledger.steps add column tool_definitions_hash varchar;
