-- The responsible authority follows its changes, each once, on the day it comes into effect.

-- What the authority was before; a change that is moved to another day or brought back is carried out anew.
create or replace function access.begin_authority() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    if tg_op = 'INSERT' then
        new.from_authority := (select c.responsible_authority from app.client c where c.id = new.client_id);
        new.applied_at := null;
    elsif (new.effective_on, new.removed_at) is distinct from (old.effective_on, old.removed_at) then
        new.applied_at := null;
    end if;
    return new;
end $$;
create or replace trigger c_begin before insert or update on app.authority_change
    for each row execute function access.begin_authority();

create or replace function access.authority_in_effect(client uuid) returns text
language sql stable security definer set search_path = '' as $$
    select a.to_authority from app.authority_change a
     where a.client_id = client and a.removed_at is null
       and a.effective_on <= (clock_timestamp() at time zone 'Europe/Helsinki')::date
     order by a.effective_on desc, a.id desc limit 1
$$;

-- Carry out what has come into effect. What somebody chose by hand after that stands.
create or replace function access.apply_authority(client uuid) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
    update app.authority_change a set applied_at = clock_timestamp()
     where a.client_id = client and a.removed_at is null and a.applied_at is null
       and a.effective_on <= (clock_timestamp() at time zone 'Europe/Helsinki')::date;
    if not found then
        return false;
    end if;
    update app.client c set responsible_authority = access.authority_in_effect(client)
     where c.id = client and c.responsible_authority <> access.authority_in_effect(client);
    return true;
end $$;

-- For the daily run: how many clients' changes came into effect.
create or replace function access.apply_due_authorities() returns bigint
language sql volatile security definer set search_path = '' as $$
    select count(*) filter (where access.apply_authority(due.client_id))
      from (select distinct a.client_id from app.authority_change a
             where a.removed_at is null and a.applied_at is null
               and a.effective_on <= (clock_timestamp() at time zone 'Europe/Helsinki')::date) due
$$;

create or replace function access.follow_authority() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    if tg_op = 'UPDATE' and old.applied_at is not null and new.applied_at is null then
        update app.client c
           set responsible_authority = coalesce(access.authority_in_effect(new.client_id), new.from_authority)
         where c.id = new.client_id and c.responsible_authority = new.to_authority;
    end if;
    perform access.apply_authority(new.client_id);
    return null;
end $$;
create or replace trigger d_authority after insert or update on app.authority_change
    for each row execute function access.follow_authority();

-- The home of a protected person is no circumstance to be read.
create or replace function access.check_group_home() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    if tg_table_name = 'client' then
        update app.client_status s set family_group_home = null
         where s.client_id = new.id and s.family_group_home is not null;
    elsif new.family_group_home is not null
          and exists (select from app.client c where c.id = new.client_id and c.protected) then
        raise exception 'a protected person' using errcode = 'check_violation',
            constraint = 'client_status_home_protected';
    end if;
    return case when tg_when = 'BEFORE' then new end;
end $$;
create or replace trigger c_home before insert or update of family_group_home on app.client_status
    for each row execute function access.check_group_home();
create or replace trigger d_home after update of protected on app.client
    for each row when (new.protected and not old.protected) execute function access.check_group_home();

revoke all on all functions in schema access from public;
