-- Reading in a file of clients, for the lead: what each row would change, the change, and taking a run back.

-- What an import may change of a client, as one object.
create or replace function access.import_snapshot(client uuid) returns jsonb
language sql stable security definer set search_path = '' as $$
    select jsonb_build_object(
               'phase', c.phase, 'review_due', c.review_due, 'period_start', c.period_start,
               'period_end', c.period_end, 'service_language', c.service_language,
               'interpreter_needed', c.interpreter_needed, 'own_counsellor', c.own_counsellor,
               'birth_date', d.birth_date, 'mother_tongue', d.mother_tongue, 'citizenship', d.citizenship,
               'ground_of_entry', d.ground_of_entry, 'arrived_on', d.arrived_on,
               'first_permit_on', d.first_permit_on, 'municipality_since', d.municipality_since,
               'first_plan_drawn_on', d.first_plan_drawn_on,
               'phone', k.phone, 'email', k.email, 'address', k.address, 'municipality', k.municipality,
               'family', n.family, 'given', n.given, 'patronymic', n.patronymic, 'personal_id', i.personal_id)
      from app.client c
      left join app.client_detail d on d.client_id = c.id
      left join app.client_contact k on k.client_id = c.id
      left join app.client_name n on n.client_id = c.id and n.kind = 'passport' and n.removed_at is null
      left join app.client_identity i on i.client_id = c.id and i.valid_to is null
     where c.id = client
$$;

-- Names of what a row says otherwise or in addition; a field the row does not give counts for nothing.
create or replace function access.import_differences(client uuid, facts jsonb) returns text[]
language sql stable security definer set search_path = '' as $$
    select array(
        select f.key from (select access.import_snapshot(client) as now offset 0) s, jsonb_each(facts -> 'fields') f
         where f.value is distinct from s.now -> f.key
        union
        select n ->> 'column' from jsonb_array_elements(coalesce(facts -> 'names', '[]')) n
         where n ->> 'kind' <> 'passport' and not exists (
            select from app.client_name o
             where o.client_id = client and o.kind = n ->> 'kind' and o.removed_at is null
               and concat_ws(', ', o.family, o.given) = concat_ws(', ', n ->> 'family', n ->> 'given'))
        union
        select 'spoken_languages' from jsonb_array_elements(coalesce(facts -> 'languages', '[]')) l
         where not exists (
            select from app.client_language o
             where o.client_id = client and o.language = l ->> 'language' and o.removed_at is null)
        union
        select 'note' from jsonb_array_elements(coalesce(facts -> 'events', '[]')) e
         where not exists (
            select from app.event o where o.client_id = client and o.body = e ->> 'body' and not exists (
                select from app.event w where w.refers_to = o.id and w.kind = 'withdrawal'))
        order by 1)
$$;

-- What reading these rows in would do. Of private facts only the names of those that differ are told.
create or replace function api.look_at_import(rows jsonb)
returns table (number integer, client uuid, differs text[], listed jsonb, same_code uuid, same_name uuid)
language plpgsql volatile security definer set search_path = '' as $$
begin
    if not access.is_lead() then
        raise exception 'only the lead reads files in' using errcode = 'insufficient_privilege';
    end if;
    perform access.note_use('list', 'import', null, null, jsonb_array_length(rows));
    return query
    select (r ->> 'row')::integer, c.id,
           case when c.id is not null then access.import_differences(c.id, r) end,
           case when c.id is not null then jsonb_build_object(
               'family', n.family, 'given', n.given, 'patronymic', n.patronymic, 'phase', c.phase,
               'own_counsellor', c.own_counsellor, 'period_start', c.period_start,
               'period_end', c.period_end, 'protected', c.protected) end,
           (select i.client_id from app.client_identity i
             where i.personal_id = r #>> '{fields,personal_id}' and i.client_id is distinct from c.id
               and access.may_list(i.client_id)),
           (select s.client_id
              from app.client_search_key s
              join app.client_detail d on d.client_id = s.client_id
             where c.id is null and s.name_key = r ->> 'name_key' and s.name_key <> ''
               and coalesce(d.birth_date = (r #>> '{fields,birth_date}')::date, true)
               and access.may_list(s.client_id)
             limit 1)
      from jsonb_array_elements(rows) r
      left join app.client c on c.external_id = r ->> 'external_id' and access.may_list(c.id)
      left join app.client_name n on n.client_id = c.id and n.kind = 'passport' and n.removed_at is null;
end $$;

-- Begins a run; its clients carry its id, so that it can be taken back as a whole.
create or replace function api.begin_import(digest text) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare run uuid := uuidv7();
begin
    if not access.is_lead() then
        raise exception 'only the lead reads files in' using errcode = 'insufficient_privilege';
    end if;
    insert into app.import_run (id, file_digest, created_count, changed_count) values (run, digest, 0, 0);
    return run;
end $$;

create or replace function api.end_import(run uuid, created integer, changed integer) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
    update app.import_run r set created_count = created, changed_count = changed
     where r.id = run and r.login = session_user and r.created_count = 0 and r.changed_count = 0
       and r.undone_at is null and access.is_lead();
    perform access.note_use('import', 'run', null, null, created + changed);
end $$;

-- Writes plain fields where they differ. The own counsellor and the personal identity code go their own ways.
create or replace function access.put_import_fields(its uuid, fields jsonb, keys jsonb) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    c app.client;
    d app.client_detail;
    k app.client_contact;
    n app.client_name;
begin
    if fields ?| array['phase', 'review_due', 'period_start', 'period_end', 'service_language', 'interpreter_needed'] then
        select * into c from app.client where id = its;
        c := jsonb_populate_record(c, fields - 'own_counsellor');
        update app.client set phase = c.phase, review_due = c.review_due, period_start = c.period_start,
               period_end = c.period_end, service_language = c.service_language,
               interpreter_needed = c.interpreter_needed
         where id = its;
    end if;
    if fields ?| array['birth_date', 'mother_tongue', 'citizenship', 'ground_of_entry', 'arrived_on',
                       'first_permit_on', 'municipality_since', 'first_plan_drawn_on'] then
        select * into d from app.client_detail where client_id = its;
        d := jsonb_populate_record(d, fields);
        update app.client_detail set birth_date = d.birth_date, mother_tongue = d.mother_tongue,
               citizenship = d.citizenship, ground_of_entry = d.ground_of_entry, arrived_on = d.arrived_on,
               first_permit_on = d.first_permit_on, municipality_since = d.municipality_since,
               first_plan_drawn_on = d.first_plan_drawn_on
         where client_id = its;
    end if;
    if fields ?| array['phone', 'email', 'address', 'municipality'] then
        select * into k from app.client_contact where client_id = its;
        k := jsonb_populate_record(k, fields);
        update app.client_contact set phone = k.phone, email = k.email, address = k.address,
               municipality = k.municipality
         where client_id = its;
    end if;
    if fields ?| array['family', 'given', 'patronymic'] then
        select * into n from app.client_name
         where client_id = its and kind = 'passport' and removed_at is null;
        n := jsonb_populate_record(n, fields);
        update app.client_name set family = n.family, given = n.given, patronymic = n.patronymic where id = n.id;
        perform access.put_name_keys(
            n.id, its, keys ->> 'name_key', array(select jsonb_array_elements_text(keys -> 'skeletons')),
            (keys ->> 'birth_year')::integer, (keys ->> 'key_version')::integer);
    end if;
end $$;

-- Changes a client to what a row of the run gives; false when it is so already. `keys` are those of the
-- whole passport name as it will be, needed when the row gives a part of the name.
create or replace function api.update_client(facts jsonb) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare
    run uuid := (facts ->> 'import_id')::uuid;
    its uuid;
    was jsonb;
    now_ jsonb;
    wanted jsonb;
    differing text[];
    old_keys jsonb;
    added jsonb := '[]';
    one jsonb;
    made uuid;
    entry uuid := uuidv7();
begin
    if not access.is_lead() then
        raise exception 'only the lead reads files in' using errcode = 'insufficient_privilege';
    end if;
    perform from app.import_run r where r.id = run and r.login = session_user and r.undone_at is null;
    if not found then
        raise exception 'no such run' using errcode = 'no_data_found';
    end if;
    select c.id into its from app.client c
     where c.external_id = facts ->> 'external_id' and access.may_list(c.id) for update;
    if its is null then
        raise exception 'no such client' using errcode = 'no_data_found';
    end if;
    differing := access.import_differences(its, facts);
    if differing = '{}' then
        return false;
    end if;
    was := access.import_snapshot(its);
    select jsonb_build_object('name_key', s.name_key, 'birth_year', s.birth_year, 'key_version', s.key_version,
                              'skeletons', array(select w.skeleton from app.client_skeleton w where w.name_id = n.id))
      into old_keys
      from app.client_name n join app.client_search_key s on s.name_id = n.id
     where n.client_id = its and n.kind = 'passport' and n.removed_at is null;
    select coalesce(jsonb_object_agg(f.key, f.value), '{}') into wanted
      from jsonb_each(facts -> 'fields') f where f.key = any (differing);
    if wanted ? 'own_counsellor' then
        perform api.assign(its, wanted ->> 'own_counsellor', 'import', uuidv7());
    end if;
    perform access.put_import_fields(its, wanted, facts -> 'keys');
    if wanted ? 'personal_id' then
        perform access.put_personal_id(its, wanted ->> 'personal_id');
    end if;
    for one in select n from jsonb_array_elements(coalesce(facts -> 'names', '[]')) n
                where n ->> 'kind' <> 'passport' and n ->> 'column' = any (differing) loop
        made := access.add_name(its, one);
        added := added || jsonb_build_object('table', 'client_name', 'id', made);
    end loop;
    for one in select l from jsonb_array_elements(coalesce(facts -> 'languages', '[]')) l
                where not exists (select from app.client_language o where o.client_id = its
                                     and o.language = l ->> 'language' and o.removed_at is null) loop
        insert into app.client_language (client_id, language, level)
        values (its, one ->> 'language', one ->> 'level') returning id into made;
        added := added || jsonb_build_object('table', 'client_language', 'id', made);
    end loop;
    if 'note' = any (differing) then
        for one in select e from jsonb_array_elements(facts -> 'events') e loop
            insert into app.event (client_id, kind, occurred_at, body, source)
            values (its, 'note', clock_timestamp(), one ->> 'body', 'document') returning id into made;
            added := added || jsonb_build_object('table', 'event', 'id', made);
        end loop;
    end if;
    now_ := access.import_snapshot(its);
    insert into audit.log_entry (id, action, subject, client_id, row_id) values (entry, 'import', 'change', its, run);
    insert into audit.log_change (entry_id, before, after)
    select entry, jsonb_build_object('fields', coalesce(jsonb_object_agg(b.key, b.value), '{}'), 'keys', old_keys),
           jsonb_build_object('fields', coalesce(jsonb_object_agg(b.key, now_ -> b.key), '{}'), 'added', added)
      from jsonb_each(was) b where b.value is distinct from now_ -> b.key;
    return true;
end $$;

-- Takes one field group of a changed client back to what it was before the run.
create or replace function access.undo_import_change(its uuid, was jsonb, made jsonb) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare
    now_ jsonb := access.import_snapshot(its);
    back jsonb;
    one jsonb;
    whole boolean;
begin
    -- What somebody has changed since stays as that person left it.
    select coalesce(jsonb_object_agg(b.key, b.value), '{}') into back
      from jsonb_each(was -> 'fields') b where now_ -> b.key is not distinct from made -> 'fields' -> b.key;
    whole := back = was -> 'fields';
    if back ? 'own_counsellor' and back ->> 'own_counsellor' is null then
        if coalesce(back ->> 'phase', now_ ->> 'phase') in ('arriving', 'closed') then
            update app.assignment set during = tstzrange(lower(during), clock_timestamp())
             where client_id = its and upper_inf(during);
            update app.client set own_counsellor = null, assigned_on = null where id = its;
        else
            whole := false;
        end if;
    elsif back ? 'own_counsellor' then
        if exists (select from app.staff s where s.login = back ->> 'own_counsellor' and s.role = 'counsellor' and s.active)
           and not exists (select from app.conflict_block b where b.client_id = its and b.login = back ->> 'own_counsellor') then
            perform api.assign(its, back ->> 'own_counsellor', 'import undone', uuidv7());
        else
            whole := false;
            back := back - 'phase';
        end if;
    end if;
    if exists (select from app.client c where c.id = its and c.protected) then
        back := back - array['phone', 'email', 'address', 'municipality'];
    end if;
    perform access.put_import_fields(its, back, was -> 'keys');
    if back ? 'personal_id' then
        delete from app.client_identity where client_id = its and valid_to is null;
        update app.client_identity set valid_to = null
         where client_id = its and personal_id = back ->> 'personal_id';
    end if;
    for one in select a from jsonb_array_elements(made -> 'added') a loop
        case one ->> 'table'
            when 'client_name' then
                update app.client_name set removed_at = clock_timestamp()
                 where id = (one ->> 'id')::uuid and removed_at is null;
            when 'client_language' then
                update app.client_language set removed_at = clock_timestamp()
                 where id = (one ->> 'id')::uuid and removed_at is null;
            else
                insert into app.event (client_id, kind, occurred_at, body, reason, refers_to)
                select its, 'withdrawal', clock_timestamp(), 'import undone', 'import undone', e.id
                  from app.event e
                 where e.id = (one ->> 'id')::uuid
                   and not exists (select from app.event w where w.refers_to = e.id and w.kind = 'withdrawal');
        end case;
    end loop;
    return whole;
end $$;

-- A client that the run made and nobody has worked with since is removed for good; else it stays.
create or replace function access.remove_imported(its uuid) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
    if exists (
        select from audit.log_entry later
         where later.client_id = its and later.action in ('insert', 'update', 'delete')
           and later.subject in ('client', 'client_detail', 'client_contact', 'client_name', 'client_language',
                                 'client_identity', 'protected_contact', 'assignment', 'event', 'task',
                                 'household_member', 'conflict_block', 'client_status', 'client_document', 'interview',
                                 'interview_item', 'plan', 'plan_goal', 'plan_measure', 'plan_review', 'interruption',
                                 'extension', 'study', 'snooze', 'compensation_claim', 'register_mark',
                                 'authority_change', 'handover_item', 'arrival_person', 'reception_step', 'client_weight',
                                 'appointment_client', 'interpreter_bar', 'referral', 'consent', 'disclosure', 'case_transfer',
                                 'case_transfer_step')
           and later.transaction <> all (array(
               select made.transaction from audit.log_entry made
                where made.client_id = its and made.action = 'create'))) then
        return false;
    end if;
    delete from app.deadline where client_id = its;
    delete from app.deadline_state where client_id = its;
    delete from app.client_status where client_id = its;
    delete from app.presence where client_id = its;
    delete from app.opening where client_id = its;
    delete from app.notice where client_id = its;
    delete from app.identity_clash where its in (client_id, other_client_id);
    delete from app.client_skeleton where client_id = its;
    delete from app.client_search_key where client_id = its;
    delete from app.client_phone_key where client_id = its;
    delete from app.client_name where client_id = its;
    delete from app.client_language where client_id = its;
    delete from app.client_identity where client_id = its;
    delete from app.client_contact where client_id = its;
    delete from app.client_detail where client_id = its;
    delete from app.event where client_id = its;
    delete from app.assignment where client_id = its;
    delete from app.client where id = its;
    return true;
end $$;

-- Takes a run back: {"removed", "restored", "kept"}, kept being clients that others have changed since.
create or replace function api.undo_import(run uuid) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    begun app.import_run;
    its uuid;
    change record;
    removed integer := 0;
    restored integer := 0;
    kept integer := 0;
begin
    if not access.is_lead() then
        raise exception 'only the lead takes an import back' using errcode = 'insufficient_privilege';
    end if;
    select * into begun from app.import_run r where r.id = run and r.undone_at is null for update;
    if not found then
        raise exception 'no such run' using errcode = 'no_data_found';
    end if;
    for change in
        select e.client_id, g.before, g.after
          from audit.log_entry e join audit.log_change g on g.entry_id = e.id
         where e.login = begun.login and e.at >= begun.applied_at
           and e.action = 'import' and e.subject = 'change' and e.row_id = run
         order by e.id desc
    loop
        if access.may_list(change.client_id) and access.undo_import_change(change.client_id, change.before, change.after) then
            restored := restored + 1;
        else
            kept := kept + 1;
        end if;
    end loop;
    for its in select c.id from app.client c where c.import_id = run loop
        if access.may_list(its) and access.remove_imported(its) then
            removed := removed + 1;
        else
            kept := kept + 1;
        end if;
    end loop;
    update app.import_run set undone_at = clock_timestamp() where id = run;
    perform access.note_use('import', 'undo', null, null, removed + restored);
    return jsonb_build_object('removed', removed, 'restored', restored, 'kept', kept);
end $$;

revoke all on all functions in schema access from public;
