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

revoke all on all functions in schema access from public;
