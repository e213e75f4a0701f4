-- ledger.outcome_claims: what a run says that it serves: a ticket, a payment, a change.
-- grain: one row per outcome that a step, a final event or a sender's resource names; stored with what carried it
-- step_id is null where it holds for all that came under run_id (a final event, a resource); outcome_id where only the kind was said
create table if not exists ledger.outcome_claims (
    run_id varchar not null,
    step_id varchar,
    outcome varchar,
    outcome_id varchar,
    batch_id bigint not null
);
