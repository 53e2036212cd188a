-- Opening, making and moving clients. Each is one command; "absent" and "not yours" give the same answer.

create or replace function access.note_use(what text, about text, client uuid, why text, many integer)
returns void language sql volatile security definer set search_path = '' as $$
    insert into audit.log_entry (action, subject, client_id, reason, count) values (what, about, client, why, many)
$$;

-- Opens a client: 'own', 'deputy', 'lead', 'reason_needed' or 'denied'. What it opens is readable from the next
-- transaction on, for two hours. A refusal raises nothing, so that its entry in the log stays. A transfer whose day
-- has come takes effect first.
create or replace function api.open_client(client uuid, reason text default null) returns text
language plpgsql volatile security definer set search_path = '' as $$
declare how text;
begin
    perform access.apply_transfer(client);
    if exists (select from app.conflict_block b where b.client_id = client and b.login = session_user) then
        how := 'denied';
    elsif access.is_counsellor() and exists (
        select from app.client c where c.id = client and c.own_counsellor = session_user) then
        how := 'own';
    elsif access.is_counsellor() and exists (
        select from app.client c where c.id = client and c.own_counsellor in (select access.stands_in_for())) then
        how := 'deputy';
    elsif access.is_lead() and exists (select from app.client c where c.id = client) then
        how := case when char_length(trim(coalesce(reason, ''))) >= 5 then 'lead' else 'reason_needed' end;
    else
        how := 'denied';
    end if;
    if how in ('own', 'deputy', 'lead') then
        insert into app.opening (client_id, kind, reason, expires_at)
        values (client, how, reason, clock_timestamp() + interval '2 hours');
        perform access.note_use('open', 'client', client, case when how = 'deputy' then 'deputy' else reason end, null);
        perform access.apply_authority(client);
    elsif how = 'denied' then
        perform access.note_use('denied', 'client', client, reason, null);
    end if;
    return how;
end $$;

-- Lists, exports and prints leave a trace by the program's own word.
create or replace function api.log_use(what text, about text, many integer) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
    if what not in ('list', 'export', 'print') then
        raise exception 'unknown use' using errcode = 'check_violation';
    end if;
    perform access.note_use(what, about, null, null, many);
end $$;

-- A paper about an open client is printed: whose it is stands in the log.
create or replace function api.log_print(client uuid, about text) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
    if client <> all (array(select access.opened())) then
        raise exception 'open the client first' using errcode = 'insufficient_privilege';
    end if;
    perform access.note_use('print', about, client, null, 1);
end $$;

-- Kind, time and author of the latest three events of clients this person may list: no content.
create or replace function api.glance(clients uuid[])
returns table (client_id uuid, kind text, occurred_at timestamptz, author text)
language sql stable security definer set search_path = '' as $$
    select e.client_id, e.kind, e.occurred_at, e.author
      from unnest(clients[1:50]) as wanted (id)
      cross join lateral (
          select ev.client_id, ev.kind, ev.occurred_at, ev.author from app.event ev
           where ev.client_id = wanted.id order by ev.occurred_at desc, ev.id desc limit 3) e
     where access.may_list(wanted.id)
     order by e.client_id, e.occurred_at desc
$$;

-- Keys by which search finds a name; made by the program, because PostgreSQL cannot transliterate.
create or replace function api.store_name_keys(name uuid, key text, skeletons text[], born integer, key_version integer)
returns void language plpgsql volatile security definer set search_path = '' as $$
declare owner_of uuid;
begin
    select n.client_id into owner_of from app.client_name n where n.id = name;
    if owner_of is null or not access.may_list(owner_of) then
        raise exception 'no such name' using errcode = 'insufficient_privilege';
    end if;
    perform access.put_name_keys(name, owner_of, key, skeletons, born, key_version);
end $$;

create or replace function access.put_name_keys(
    name uuid, client uuid, key text, skeletons text[], born integer, version_of_keys integer)
returns void language sql volatile security definer set search_path = '' as $$
    delete from app.client_skeleton s where s.name_id = name;
    insert into app.client_search_key (name_id, client_id, name_key, birth_year, key_version)
    values (name, client, left(key, 200), born, version_of_keys)
    on conflict (name_id) do update
       set name_key = excluded.name_key, birth_year = excluded.birth_year, key_version = excluded.key_version;
    insert into app.client_skeleton (skeleton, name_id, client_id)
    select distinct left(one, 200), name, client from unnest(skeletons) as one where one <> ''
    on conflict do nothing;
$$;

-- Makes a client with its names, details, contact data and languages. A counsellor makes own clients,
-- the lead also for others or unassigned. The personal identity code goes through set_personal_id.
create or replace function api.create_client(facts jsonb) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
    client uuid := coalesce((facts ->> 'id')::uuid, uuidv7());
    counsellor text := nullif(facts ->> 'own_counsellor', '');
    stage text := coalesce(facts ->> 'phase', 'new');
    detail jsonb := coalesce(facts -> 'detail', '{}');
    contact jsonb := coalesce(facts -> 'contact', '{}');
    one jsonb;
    passport jsonb;
    title text;
    number text := facts ->> 'external_id';
    holder uuid;
begin
    if access.is_counsellor() then
        counsellor := session_user;
    elsif not access.is_lead() then
        raise exception 'only counsellors and the lead make clients' using errcode = 'insufficient_privilege';
    elsif counsellor is not null and not exists (
        select from app.staff s where s.login = counsellor and s.role = 'counsellor' and s.active) then
        raise exception 'no such counsellor' using errcode = 'foreign_key_violation', constraint = 'client_counsellor';
    end if;
    if counsellor is null and stage not in ('arriving', 'closed') then
        stage := 'arriving';
    end if;
    select n into passport from jsonb_array_elements(facts -> 'names') n where n ->> 'kind' = 'passport';
    title := concat_ws(' ', passport ->> 'family', passport ->> 'given', passport ->> 'patronymic');
    -- A number that another's client has is filed for the lead; the caller learns nothing.
    select c.id into holder from app.client c where c.external_id = number and not access.may_list(c.id);
    if found then
        number := null;
    end if;
    insert into app.client (id, external_id, name, sort_name, phase, own_counsellor, assigned_on, review_due,
                            period_start, period_end, service_language, interpreter_needed,
                            responsible_authority, import_id)
    values (client, number, left(title, 200), left(access.sort_key(title), 200), stage, counsellor,
            case when counsellor is not null
                 then coalesce((facts ->> 'assigned_on')::date, (clock_timestamp() at time zone 'Europe/Helsinki')::date) end,
            (facts ->> 'review_due')::date, (facts ->> 'period_start')::date, (facts ->> 'period_end')::date,
            facts ->> 'service_language', coalesce((facts ->> 'interpreter_needed')::boolean, false),
            coalesce(facts ->> 'responsible_authority', 'municipality'), (facts ->> 'import_id')::uuid);
    if counsellor is not null then
        insert into app.assignment (client_id, counsellor, during, reason)
        values (client, counsellor, tstzrange(clock_timestamp(), null), facts ->> 'assignment_reason');
    end if;
    insert into app.client_detail (client_id, birth_date, mother_tongue, citizenship, ground_of_entry, arrived_on,
                                   first_permit_on, municipality_since, first_plan_drawn_on, source)
    values (client, (detail ->> 'birth_date')::date, detail ->> 'mother_tongue', detail ->> 'citizenship',
            detail ->> 'ground_of_entry', (detail ->> 'arrived_on')::date, (detail ->> 'first_permit_on')::date,
            (detail ->> 'municipality_since')::date, (detail ->> 'first_plan_drawn_on')::date, detail ->> 'source');
    insert into app.client_contact (client_id, phone, email, address, municipality)
    values (client, contact ->> 'phone', contact ->> 'email', contact ->> 'address', contact ->> 'municipality');
    for one in select * from jsonb_array_elements(facts -> 'names') loop
        perform access.add_name(client, one);
    end loop;
    insert into app.client_language (client_id, language, level)
    select client, l ->> 'language', l ->> 'level'
      from jsonb_array_elements(coalesce(facts -> 'languages', '[]')) l;
    insert into app.event (client_id, kind, occurred_at, body, source)
    select client, coalesce(e ->> 'kind', 'note'), coalesce((e ->> 'occurred_at')::timestamptz, clock_timestamp()),
           e ->> 'body', e ->> 'source'
      from jsonb_array_elements(coalesce(facts -> 'events', '[]')) e;
    if holder is not null then
        perform access.file_clash(client, holder);
    end if;
    if facts ->> 'personal_id' is not null then
        perform access.put_personal_id(client, facts ->> 'personal_id');
    end if;
    perform access.note_use('create', 'client', client, null, null);
    return client;
end $$;

create or replace function access.add_name(client uuid, one jsonb) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare name uuid := coalesce((one ->> 'id')::uuid, uuidv7());
begin
    insert into app.client_name (id, client_id, kind, family, given, patronymic, valid_from, valid_to)
    values (name, client, one ->> 'kind', one ->> 'family', one ->> 'given', one ->> 'patronymic',
            (one ->> 'valid_from')::date, (one ->> 'valid_to')::date);
    perform access.put_name_keys(
        name, client, one ->> 'name_key', array(select jsonb_array_elements_text(one -> 'skeletons')),
        (one ->> 'birth_year')::integer, (one ->> 'key_version')::integer);
    return name;
end $$;

-- Two clients who may be one person: for the lead to settle.
create or replace function access.file_clash(client uuid, other uuid) returns void
language sql volatile security definer set search_path = '' as $$
    insert into app.identity_clash (client_id, other_client_id) values (client, other);
    insert into app.notice (login, kind, client_id)
    select s.login, 'identity_clash', client from app.staff s where s.role = 'lead' and s.active;
$$;

-- Files a personal identity code. If another client has it, the caller learns nothing; the lead is told.
create or replace function access.put_personal_id(client uuid, code text) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare other uuid;
begin
    if code !~ '^[0-9]{6}[-+A-FU-Y][0-9]{3}[0-9A-FHJ-NPR-Y]$' then
        raise exception 'not a personal identity code' using errcode = 'check_violation',
            constraint = 'client_identity_personal_id_form';
    end if;
    select i.client_id into other from app.client_identity i where i.personal_id = code;
    if other = client then
        return;
    end if;
    if other is not null then
        perform access.file_clash(client, other);
        return;
    end if;
    update app.client_identity set valid_to = clock_timestamp() where client_id = client and valid_to is null;
    insert into app.client_identity (client_id, personal_id) values (client, code);
end $$;

create or replace function api.set_personal_id(client uuid, code text) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
    if client <> all (array(select access.opened())) then
        raise exception 'open the client first' using errcode = 'insufficient_privilege';
    end if;
    perform access.put_personal_id(client, code);
end $$;

-- The lead gives a client to a counsellor. Rights follow at once; both are told; the timeline keeps it.
create or replace function api.assign(client uuid, counsellor text, why text, operation uuid) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare was text;
begin
    if exists (select from app.command k where k.operation_id = operation) and access.is_lead() then
        return;
    end if;
    was := access.movable(client, counsellor);
    if was = counsellor then
        return;
    end if;
    -- Whoever is given back to whom they came from was never handed over.
    update app.case_transfer t
       set cancelled_at = case when t.applied_at is null then clock_timestamp() end,
           closed_at = clock_timestamp()
     where t.client_id = client and t.closed_at is null;
    if was is not null and not exists (
        select from app.case_transfer t
         where t.client_id = client and t.from_login = counsellor and t.to_login = was
           and t.applied_at > clock_timestamp() - interval '24 hours') then
        insert into app.case_transfer (client_id, from_login, to_login, reason, effective_on, applied_at, operation_id)
        values (client, was, counsellor, why, (clock_timestamp() at time zone 'Europe/Helsinki')::date,
                clock_timestamp(), operation);
    end if;
    perform access.move_client(client, was, counsellor, why, session_user, operation);
    -- After the move, so that the assignment holds at the command's moment.
    insert into app.command (operation_id, name, client_id, inverse)
    values (operation, 'client.assign', client, jsonb_build_object('counsellor', was));
end $$;

-- Whose the client is now, locked; raises unless the lead may give the client to this counsellor.
create or replace function access.movable(client uuid, counsellor text) returns text
language plpgsql volatile security definer set search_path = '' as $$
declare was text;
begin
    if not access.is_lead() then
        raise exception 'only the lead assigns' using errcode = 'insufficient_privilege';
    end if;
    select c.own_counsellor into was from app.client c where c.id = client for update;
    if not found or exists (select from app.conflict_block b where b.client_id = client and b.login = session_user) then
        raise exception 'no such client' using errcode = 'no_data_found';
    end if;
    perform access.refuse_counsellor(client, counsellor);
    return was;
end $$;

create or replace function access.refuse_counsellor(client uuid, counsellor text) returns void
language plpgsql stable security definer set search_path = '' as $$
begin
    if not exists (select from app.staff s where s.login = counsellor and s.role = 'counsellor' and s.active) then
        raise exception 'no such counsellor' using errcode = 'foreign_key_violation', constraint = 'client_counsellor';
    end if;
    if exists (select from app.conflict_block b where b.client_id = client and b.login = counsellor) then
        raise exception 'conflict of interest' using errcode = 'check_violation', constraint = 'conflict_of_interest';
    end if;
end $$;

create or replace function access.move_client(
    client uuid, was text, counsellor text, why text, decided_by text, operation uuid) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare moment timestamptz := clock_timestamp();
begin
    update app.assignment set during = tstzrange(lower(during), moment)
     where client_id = client and upper_inf(during);
    insert into app.assignment (client_id, counsellor, during, reason, assigned_by)
    values (client, counsellor, tstzrange(moment, null), why, decided_by);
    update app.client c
       set own_counsellor = counsellor, assigned_on = (moment at time zone 'Europe/Helsinki')::date,
           phase = case when c.phase = 'arriving' then 'new' else c.phase end
     where c.id = client;
    perform access.move_appointments(client, was, counsellor, moment);
    insert into app.event (client_id, kind, occurred_at, body, reason, operation_id, author)
    values (client, 'transfer', moment, concat_ws(' → ', was, counsellor), why, operation, decided_by);
    insert into app.notice (login, kind, client_id)
    select who, case when who = counsellor then 'received' else 'handed_over' end, client
      from unnest(array[was, counsellor]) who where who is not null;
end $$;

-- Coming appointments with this client alone go to the new counsellor; where that one is taken they stay, and the
-- two agree about them.
create or replace function access.move_appointments(client uuid, was text, counsellor text, moment timestamptz)
returns void language plpgsql volatile security definer set search_path = '' as $$
declare one uuid;
begin
    for one in select a.id from app.appointment a
                 join app.appointment_client p on p.appointment_id = a.id and p.client_id = client and p.removed_at is null
                where a.counsellor = was and a.cancelled_at is null and a.starts_at > moment
                  and not exists (select from app.appointment_client o
                                   where o.appointment_id = a.id and o.client_id <> client and o.removed_at is null)
                order by a.starts_at loop
        begin
            update app.appointment a set counsellor = move_appointments.counsellor where a.id = one;
        exception when exclusion_violation then
            null;
        end;
    end loop;
end $$;

-- Brings two clients, or a client and a person known by relation only, into one household.
create or replace function api.add_household_member(
    client uuid, other uuid, person text, relation text, guardian boolean) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare home uuid; member uuid := uuidv7();
begin
    if client <> all (array(select access.opened())) or (other is not null and not access.may_list(other)) then
        raise exception 'open the client first' using errcode = 'insufficient_privilege';
    end if;
    select m.household_id into home from app.household_member m
     where m.client_id = client and m.valid_to is null and m.removed_at is null;
    if home is null then
        insert into app.household default values returning id into home;
        insert into app.household_member (household_id, client_id, relation) values (home, client, 'self');
    end if;
    insert into app.household_member (id, household_id, client_id, person, relation, is_guardian)
    values (member, home, other, person, relation, guardian);
    return member;
end $$;

create or replace function api.remove_household_member(member uuid) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
    update app.household_member m
       set removed_at = clock_timestamp(), valid_to = (clock_timestamp() at time zone 'Europe/Helsinki')::date
     where m.id = member and m.household_id = any (array(select access.opened_households()));
end $$;

-- Says that this person has the client open, or what is being edited (null ends it).
create or replace function api.be_present(client uuid, what text) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
    if client <> all (array(select access.opened())) then
        return;
    end if;
    insert into app.presence (client_id, editing) values (client, what)
    on conflict (client_id, login) do update set editing = excluded.editing, seen_at = clock_timestamp();
end $$;

create or replace function api.leave(client uuid) returns void
language sql volatile security definer set search_path = '' as $$
    delete from app.presence p where p.client_id = client and p.login = session_user
$$;

-- How many notices this person has not read; nobody's but one's own.
create or replace function api.unread() returns integer
language sql stable security definer set search_path = '' as $$
    select count(*)::integer from app.notice n where n.login = session_user and n.read_at is null
$$;

-- Does this text hold the name of a client of the team? For names of saved views. Logged as a search, and null
-- when no committed begin_search stands.
create or replace function api.names_a_client(words text) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare folded text := ' ' || access.plain(words) || ' ';
begin
    if not (access.is_counsellor() or access.is_lead()) then
        raise exception 'not for this role' using errcode = 'insufficient_privilege';
    end if;
    if not access.may_search() then
        return null;
    end if;
    perform access.note_use('search', 'view_name', null, null, null);
    return exists (
        select from app.client_name n
         where n.removed_at is null
           and ((char_length(n.family) >= 3 and position(' ' || access.plain(n.family) || ' ' in folded) > 0)
                or (char_length(n.given) >= 3 and position(' ' || access.plain(n.given) || ' ' in folded) > 0)));
end $$;
