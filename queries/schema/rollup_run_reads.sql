-- rollup.run_reads: what passing and bad runs read before they wrote anything: the cohort of inconsistent reads.
-- grain: one row per read with arguments
-- asked: md5 of tool and arguments; answered: md5 of the output; written only by queries/write/analyse_*.sql
create table if not exists rollup.run_reads (
    run_id varchar,
    workflow varchar,
    env varchar,
    is_passing boolean,
    asked varchar,
    answered varchar,
    batch_id bigint,
    trace_id varchar,
    step_id varchar
);
