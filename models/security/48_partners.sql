-- Who called and found a service's data right is the person who says so.
create or replace function access.mark_verified() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    if new.verified_on is distinct from old.verified_on then
        new.verified_by := case when new.verified_on is not null then session_user end;
    end if;
    return new;
end $$;
create or replace trigger c_verified before update on app.service
    for each row execute function access.mark_verified();

-- Of each column the day it was last changed, so that it is told where a fact comes from and since when.
create or replace function access.mark_days() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
    was jsonb := to_jsonb(old);
    today text := to_char(clock_timestamp() at time zone 'Europe/Helsinki', 'YYYY-MM-DD');
begin
    new.changed_on := old.changed_on || coalesce(
        (select jsonb_object_agg(each.key, today) from jsonb_each(to_jsonb(new)) each
          where each.value is distinct from was -> each.key
            and each.key not in ('version', 'updated_at', 'updated_by', 'changed_on', 'remote')), '{}');
    return new;
end $$;
create or replace trigger d_days before update on app.organisation
    for each row execute function access.mark_days();
create or replace trigger d_days before update on app.service
    for each row execute function access.mark_days();

revoke all on all functions in schema access from public;
