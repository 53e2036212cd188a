-- People of the team: login role, group role and row in one go.

create or replace function api.add_person(person text, role_name text, full_name text) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
    if not (pg_has_role(session_user, 'kotoutus_admin', 'member')
            or (select r.rolsuper from pg_roles r where r.rolname = session_user)) then
        raise exception 'only an administrator adds people' using errcode = 'insufficient_privilege';
    end if;
    if person = session_user then
        raise exception 'nobody changes their own role' using errcode = 'insufficient_privilege';
    end if;
    if role_name not in ('counsellor', 'lead', 'admin', 'auditor') then
        raise exception 'unknown role' using errcode = 'check_violation', constraint = 'staff_role';
    end if;
    if person !~ '^[a-z_][a-z0-9_.-]{0,30}$' or person ~ '^(pg_|kotoutus_|postgres$)' then
        raise exception 'not a login name' using errcode = 'check_violation', constraint = 'staff_login';
    end if;
    if exists (select from pg_roles r where r.rolname = person and (r.rolsuper or r.rolbypassrls)) then
        raise exception 'a superuser cannot be a person of the team' using errcode = 'check_violation',
            constraint = 'staff_superuser';
    end if;
    insert into app.staff (login, name, role) values (person, full_name, role_name)
    on conflict (login) do update set name = excluded.name, role = excluded.role, active = true;
    perform access.give_login(person, role_name);
end $$;

create or replace function access.give_login(person text, role_name text) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare other text;
begin
    if not exists (select from pg_roles r where r.rolname = person) then
        begin
            execute format('create role %I login noinherit connection limit 12', person);
        exception when duplicate_object or unique_violation then
            null;  -- another database of the same cluster was faster
        end;
    end if;
    -- Inherits the rights but cannot become the group, so session_user and current_user stay the person.
    foreach other in array array['counsellor', 'lead', 'admin', 'auditor'] loop
        if other <> role_name and pg_has_role(person, 'kotoutus_' || other, 'member') then
            execute format('revoke %I from %I', 'kotoutus_' || other, person);
        end if;
    end loop;
    if not pg_has_role(person, 'kotoutus_' || role_name, 'member') then
        execute format('grant %I to %I with inherit true, set false', 'kotoutus_' || role_name, person);
    end if;
    begin
        execute format('alter role %I login', person);
    exception when insufficient_privilege then
        null;  -- a login that existed before is managed by the database's own administrator
    end;
end $$;

-- Takes a person out of the team. Refused while clients are left: their number is the answer.
create or replace function api.remove_person(person text) returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare left_over integer; group_role text;
begin
    if not (pg_has_role(session_user, 'kotoutus_admin', 'member')
            or (select r.rolsuper from pg_roles r where r.rolname = session_user)) then
        raise exception 'only an administrator removes people' using errcode = 'insufficient_privilege';
    end if;
    if not exists (select from app.staff s where s.login = person and s.active) then
        raise exception 'no such person' using errcode = 'no_data_found';
    end if;
    select count(*) into left_over from app.client c where c.own_counsellor = person and c.phase <> 'closed';
    if left_over > 0 then
        return left_over;
    end if;
    update app.staff set active = false where login = person;
    for group_role in select 'kotoutus_' || r from unnest(array['counsellor', 'lead', 'admin', 'auditor']) r loop
        if pg_has_role(person, group_role, 'member') then
            execute format('revoke %I from %I', group_role, person);
        end if;
    end loop;
    return 0;
end $$;
