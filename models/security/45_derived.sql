-- What lists show is kept beside the client by triggers, so that a list reads one table by one index.

create or replace function access.plain(name text) returns text
language sql immutable set search_path = '' as $$
    select lower(ext.unaccent('ext.unaccent', name))
$$;

-- Sorts names as Finnish and Swedish do, in a database that sorts by code points: å, ä and ö, for which stand the
-- three signs after z, come after z; ü is a y; other marks do not count. The same as i18n.sort_key.
create or replace function access.sort_key(name text) returns text
language sql immutable set search_path = '' as $$
    select lower(ext.unaccent('ext.unaccent', translate(lower(normalize(name, nfc)), 'åäæöøü', '{||}}y')))
$$;

-- Names filed by an older rule get the new key. It is no change of the client: no entry, no new version.
do $$
begin
    if exists (select from app.client c where c.sort_name is distinct from left(access.sort_key(c.name), 200)) then
        alter table app.client disable trigger user;
        update app.client c set sort_name = left(access.sort_key(c.name), 200)
         where c.sort_name is distinct from left(access.sort_key(c.name), 200);
        alter table app.client enable trigger user;
    end if;
end $$;

-- The passport name is the one lists show.
create or replace function access.derive_name() returns trigger
language plpgsql security definer set search_path = '' as $$
declare shown text;
begin
    if tg_op = 'UPDATE' then
        if (new.family, new.given, new.patronymic) is distinct from (old.family, old.given, old.patronymic)
           or new.removed_at is not null then
            delete from app.client_skeleton where name_id = new.id;
            delete from app.client_search_key where name_id = new.id;
        end if;
    end if;
    if new.kind = 'passport' and new.removed_at is null then
        shown := left(concat_ws(' ', new.family, new.given, new.patronymic), 200);
        update app.client set name = shown, sort_name = left(access.sort_key(shown), 200)
         where id = new.client_id and name is distinct from shown;
    end if;
    return null;
end $$;
create or replace trigger d_name after insert or update on app.client_name
    for each row execute function access.derive_name();

-- A name that search cannot find is a client that cannot be found: checked when the transaction commits.
create or replace function access.require_search_key() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    if exists (select from app.client_name n where n.id = new.id and n.removed_at is null)
       and not exists (select from app.client_search_key k where k.name_id = new.id) then
        raise exception 'a name needs its search key' using errcode = 'check_violation',
            constraint = 'client_name_search_key';
    end if;
    return null;
end $$;
do $$
begin
    if not exists (select from pg_trigger where tgname = 'x_search_key') then
        create constraint trigger x_search_key after insert or update on app.client_name
            deferrable initially deferred for each row execute function access.require_search_key();
    end if;
end $$;

create or replace function access.mark_done() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    if new.done_at is distinct from old.done_at then
        new.done_by := case when new.done_at is not null then session_user end;
    end if;
    return new;
end $$;
create or replace trigger c_done_by before update on app.task
    for each row execute function access.mark_done();

create or replace function access.derive_from_task() returns trigger
language plpgsql security definer set search_path = '' as $$
declare step record;
begin
    select t.id, t.due_on into step from app.task t
     where t.client_id = new.client_id and t.done_at is null and t.cancelled_at is null
     order by t.due_on, t.id limit 1;
    update app.client c set next_due = step.due_on, next_task_id = step.id
     where c.id = new.client_id and (c.next_due, c.next_task_id) is distinct from (step.due_on, step.id);
    return null;
end $$;
create or replace trigger d_next_step after insert or update on app.task
    for each row execute function access.derive_from_task();

-- An event that refers to another must stay with the same client; the same answer for absent and not yours.
create or replace function access.check_reference() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    if new.refers_to is not null and not exists (
        select from app.event e where e.id = new.refers_to and e.client_id = new.client_id) then
        -- Row security is asked only after this trigger; of a client that is not open it says nothing else.
        if new.client_id <> all (array(select access.opened())) then
            raise exception 'new row violates row-level security policy for table "event"'
                using errcode = 'insufficient_privilege';
        end if;
        raise exception 'the event referred to is not there' using errcode = 'foreign_key_violation';
    end if;
    return new;
end $$;
create or replace trigger c_reference before insert on app.event
    for each row execute function access.check_reference();

-- Dates are those of Finland, wherever the server stands. A withdrawn event counts for nothing; a referral that has
-- steps of its own waits as long as nobody answered more than that it came.
create or replace function access.derive_client_dates(its uuid) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare contact date; interview date; waiting date;
begin
    select max(e.occurred_at at time zone 'Europe/Helsinki') filter
               (where e.kind in ('contact', 'appointment', 'interview', 'assessment', 'review')),
           max(e.occurred_at at time zone 'Europe/Helsinki') filter (where e.kind in ('interview', 'assessment')),
           min(e.occurred_at at time zone 'Europe/Helsinki') filter
               (where e.kind = 'referral' and coalesce(
                   (select r.state in ('sent', 'received') from app.referral r
                     where r.event_id = e.id and r.removed_at is null limit 1),
                   not exists (
                   select from app.event a where a.refers_to = e.id and a.kind = 'referral_answer'
                      and not exists (select from app.event w where w.refers_to = a.id and w.kind = 'withdrawal'))))
      into contact, interview, waiting
      from app.event e
     where e.client_id = its
       and e.kind in ('contact', 'appointment', 'interview', 'assessment', 'review', 'referral')
       and e.occurred_at <= clock_timestamp()
       and not exists (select from app.event w where w.refers_to = e.id and w.kind = 'withdrawal');
    update app.client c
       set last_contact_on = contact, interviewed_on = interview, referral_waiting_since = waiting
     where c.id = its
       and (c.last_contact_on, c.interviewed_on, c.referral_waiting_since)
           is distinct from (contact, interview, waiting);
end $$;

create or replace function access.derive_from_event() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    if new.kind in ('contact', 'appointment', 'interview', 'assessment', 'review', 'referral', 'referral_answer',
                    'withdrawal') then
        perform access.derive_client_dates(new.client_id);
    end if;
    return null;
end $$;
create or replace trigger d_client_dates after insert on app.event
    for each row execute function access.derive_from_event();

-- The end of a number is what people remember; a protected person is not found by number.
create or replace function access.derive_phone_key() returns trigger
language plpgsql security definer set search_path = '' as $$
declare digits text := right(regexp_replace(coalesce(new.phone, ''), '\D', '', 'g'), 9);
begin
    delete from app.client_phone_key where client_id = new.client_id;
    if char_length(digits) >= 5 then
        insert into app.client_phone_key (client_id, digits) values (new.client_id, digits);
    end if;
    return null;
end $$;
create or replace trigger d_phone_key after insert or update on app.client_contact
    for each row execute function access.derive_phone_key();

create or replace function access.refuse_contact_of_protected() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    if (new.phone is not null or new.email is not null or new.address is not null or new.municipality is not null)
       and exists (select from app.client c where c.id = new.client_id and c.protected) then
        raise exception 'a protected person has contact data elsewhere' using errcode = 'check_violation',
            constraint = 'client_contact_protected';
    end if;
    return new;
end $$;
create or replace trigger c_protected before insert or update on app.client_contact
    for each row execute function access.refuse_contact_of_protected();

-- Nobody has an own client whom they must not see: lists rely on it.
create or replace function access.refuse_barred_counsellor() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    if exists (select from app.conflict_block b where b.client_id = new.id and b.login = new.own_counsellor) then
        raise exception 'conflict of interest' using errcode = 'check_violation', constraint = 'conflict_of_interest';
    end if;
    return new;
end $$;
create or replace trigger c_barred before insert or update of own_counsellor on app.client
    for each row execute function access.refuse_barred_counsellor();

-- An active client has exactly one own counsellor at every instant, and the history says the same.
create or replace function access.require_counsellor() returns trigger
language plpgsql security definer set search_path = '' as $$
declare c app.client;
begin
    select * into c from app.client where id = case when tg_table_name = 'client' then new.id
                                                    else (to_jsonb(new) ->> 'client_id')::uuid end;
    if c.phase not in ('arriving', 'closed') and c.own_counsellor is null then
        raise exception 'an active client needs an own counsellor' using errcode = 'check_violation',
            constraint = 'client_has_counsellor';
    end if;
    if c.own_counsellor is distinct from (
        select a.counsellor from app.assignment a where a.client_id = c.id and upper_inf(a.during)) then
        raise exception 'the own counsellor must be the assigned one' using errcode = 'check_violation',
            constraint = 'client_counsellor_assigned';
    end if;
    return null;
end $$;
do $$
begin
    if not exists (select from pg_trigger where tgname = 'x_counsellor') then
        create constraint trigger x_counsellor after insert or update of phase, own_counsellor on app.client
            deferrable initially deferred for each row execute function access.require_counsellor();
        create constraint trigger x_counsellor after insert or update on app.assignment
            deferrable initially deferred for each row execute function access.require_counsellor();
    end if;
end $$;

revoke all on all functions in schema access from public;
