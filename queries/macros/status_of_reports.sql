-- macros.status_of_reports: how a call ended that several reports tell of: what the counted one says; where it says
-- nothing, an error that another one saw.
-- grain: one varchar per call
create or replace macro macros.status_of_reports(status, is_error_elsewhere) as
case when status = 'unset' and is_error_elsewhere then 'error' else status end
