-- Versions, authorship, the log of changes and the word to other sessions, whoever writes and however.

create or replace function access.raise_version() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    new.version := old.version + 1;
    return new;
end $$;

create or replace function access.mark_update() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    new.updated_at := clock_timestamp();
    return new;
end $$;

create or replace function access.mark_updater() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    new.updated_at := clock_timestamp();
    new.updated_by := session_user;
    return new;
end $$;

-- Before and after of every change, by whom and when. Columns that need no trace are left out by the caller.
create or replace function access.log_change() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
    was jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
    is_ jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
    one jsonb := coalesce(is_, was);
    entry uuid := uuidv7();
begin
    insert into audit.log_entry (id, action, subject, client_id, row_id)
    values (entry, lower(tg_op), tg_table_name,
            case when tg_table_name = 'client' then (one ->> 'id')::uuid else (one ->> 'client_id')::uuid end,
            coalesce(one ->> 'id', one ->> 'client_id', one ->> 'operation_id')::uuid);
    insert into audit.log_change (entry_id, before, after) values (entry, was, is_);
    return null;
end $$;

-- Any role may LISTEN, so the payload is a table and an id, nothing else.
create or replace function access.tell() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
    one jsonb := to_jsonb(case when tg_op = 'DELETE' then old else new end);
begin
    perform pg_catalog.pg_notify(
        'kotoutus',
        tg_table_name || ':' || case when tg_table_name = 'client' then one ->> 'id'
                                     else coalesce(one ->> 'client_id', one ->> 'id') end);
    return null;
end $$;

create or replace function access.refuse() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    raise exception 'the log is append-only' using errcode = 'insufficient_privilege';
end $$;

do $$
declare
    t text;
    -- Dates that triggers keep for lists are no edit: they raise no version and need no entry of their own.
    edited constant text := 'name, phase, own_counsellor, review_due, period_start, period_end, service_language, '
        'interpreter_needed, protected, responsible_authority, external_id';
    told constant text[] := array['outlook_job', 'outlook_event', 'client', 'client_detail', 'client_contact', 'client_language', 'client_name',
        'event', 'task', 'household_member', 'assignment', 'presence', 'notice', 'staff', 'identity_clash',
        'client_status', 'client_document', 'interview', 'interview_item', 'plan', 'plan_goal', 'plan_measure',
        'plan_review', 'interruption', 'extension', 'study', 'deadline', 'compensation_claim', 'register_mark',
        'authority_change', 'handover_item', 'arrival', 'arrival_person', 'reception_step', 'appointment',
        'appointment_client', 'absence', 'deputy', 'case_transfer', 'case_transfer_step', 'client_weight', 'organisation',
        'service', 'place', 'service_hours', 'partner_contact', 'guidance_entry',
        'company', 'company_arrival', 'company_step', 'answer_snippet',
        'referral', 'consent', 'disclosure'];
    -- Keys of search and deadlines are derived, presence is a hint, and an opening has an entry of its own.
    unlogged constant text[] := array['outlook_mailbox', 'outlook_event', 'outlook_job', 'client_search_key', 'client_skeleton', 'search_word', 'client_phone_key',
        'presence', 'opening', 'command', 'deadline', 'deadline_state',
        'calendar_sent', 'referral_step', 'catalogue_run', 'catalogue_page', 'schema_state', 'alembic_version'];
    columns text[];
begin
    for t, columns in
        select c.relname, array(select a.attname from pg_attribute a where a.attrelid = c.oid and a.attnum > 0)
          from pg_class c where c.relnamespace = 'app'::regnamespace and c.relkind = 'r'
    loop
        if 'version' = any (columns) then
            execute format('create or replace trigger a_version before update %s on app.%I
                            for each row execute function access.raise_version()',
                           case when t = 'client' then 'of ' || edited else '' end, t);
        end if;
        if 'updated_by' = any (columns) then
            execute format('create or replace trigger b_updated before update on app.%I
                            for each row execute function access.mark_updater()', t);
        elsif 'updated_at' = any (columns) then
            execute format('create or replace trigger b_updated before update on app.%I
                            for each row execute function access.mark_update()', t);
        end if;
        if t <> all (unlogged) then
            execute format('create or replace trigger y_log after insert or delete or update %s on app.%I
                            for each row execute function access.log_change()',
                           case when t = 'client' then 'of ' || edited else '' end, t);
        end if;
        if t = any (told) then
            execute format('create or replace trigger z_tell after insert or update or delete on app.%I
                            for each row execute function access.tell()', t);
        end if;
    end loop;
    for t in select unnest(array['log_entry', 'log_change', 'log_seal']) loop
        execute format('create or replace trigger a_append_only before update or delete on audit.%I
                        for each row execute function access.refuse()', t);
        execute format('create or replace trigger a_no_truncate before truncate on audit.%I
                        for each statement execute function access.refuse()', t);
    end loop;
end $$;
