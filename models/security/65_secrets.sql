-- What must not even be guessed: identity codes, protected contact data and conflicts of interest.

-- First step of a reveal: says why, and must be committed before the value is given.
create or replace function api.ask_reveal(client uuid, what text, reason text) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
    if what not in ('reveal_contact', 'reveal_personal_id') then
        raise exception 'unknown reveal' using errcode = 'check_violation';
    end if;
    if client <> all (array(select access.opened())) then
        perform access.note_use('denied', what, client, reason, null);
        return false;
    end if;
    if what = 'reveal_contact' and char_length(trim(coalesce(reason, ''))) < 5 then
        return false;
    end if;
    insert into app.opening (client_id, kind, reason, expires_at)
    values (client, what, reason, clock_timestamp() + interval '10 minutes');
    perform access.note_use('reveal', what, client, reason, null);
    return true;
end $$;

create or replace function access.may_reveal(client uuid, what text) returns boolean
language sql stable security definer set search_path = '' as $$
    select client = any (array(select access.opened())) and exists (
        select from app.opening o
         where o.client_id = client and o.login = session_user and o.kind = what
           and o.expires_at > clock_timestamp()
           and o.transaction is distinct from pg_current_xact_id_if_assigned()::text)
$$;

-- The code in force, after a committed ask_reveal; else null.
create or replace function api.personal_id(client uuid) returns text
language sql stable security definer set search_path = '' as $$
    select i.personal_id from app.client_identity i
     where i.client_id = client and i.valid_to is null and access.may_reveal(client, 'reveal_personal_id')
$$;

-- Whether a code is on file, so that a screen can show a mask.
create or replace function api.has_personal_id(client uuid) returns boolean
language sql stable security definer set search_path = '' as $$
    select exists (select from app.client_identity i where i.client_id = client and i.valid_to is null)
       and client = any (array(select access.opened()))
$$;

create or replace function api.protected_contact(client uuid)
returns table (phone text, email text, address text, municipality text, contact_address text, valid_until date)
language sql stable security definer set search_path = '' as $$
    select p.phone, p.email, p.address, p.municipality, p.contact_address, p.valid_until
      from app.protected_contact p
     where p.client_id = client and access.may_reveal(client, 'reveal_contact')
$$;

-- Puts a protection order in force (contact data move out of sight) or, by a person's decision only, lifts it.
create or replace function api.set_protection(client uuid, in_force boolean, until_day date) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
    if client <> all (array(select access.opened())) then
        raise exception 'open the client first' using errcode = 'insufficient_privilege';
    end if;
    -- Lifting brings the contact data into sight, so it takes the same committed reason as a reveal.
    if not in_force and not access.may_reveal(client, 'reveal_contact') then
        raise exception 'ask for the contact data first' using errcode = 'insufficient_privilege';
    end if;
    perform access.put_protection(client, in_force, until_day);
end $$;

create or replace function access.put_protection(client uuid, in_force boolean, until_day date) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare kept app.client_contact;
begin
    if in_force then
        select * into kept from app.client_contact where client_id = client;
        insert into app.protected_contact (client_id, phone, email, address, municipality, valid_until)
        values (client, kept.phone, kept.email, kept.address, kept.municipality, until_day)
        on conflict (client_id) do update set valid_until = excluded.valid_until;
        update app.client_contact set phone = null, email = null, address = null, municipality = null
         where client_id = client;
        update app.client c set protected = true where c.id = client and not c.protected;
    else
        update app.client c set protected = false where c.id = client and c.protected;
        update app.client_contact k
           set phone = p.phone, email = p.email, address = p.address, municipality = p.municipality
          from app.protected_contact p where p.client_id = client and k.client_id = client;
        delete from app.protected_contact where client_id = client;
    end if;
end $$;

create or replace function api.set_protected_contact(
    client uuid, phone text, email text, address text, municipality text, contact_address text) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
    if client <> all (array(select access.opened())) then
        raise exception 'open the client first' using errcode = 'insufficient_privilege';
    end if;
    update app.protected_contact p
       set phone = set_protected_contact.phone, email = set_protected_contact.email,
           address = set_protected_contact.address, municipality = set_protected_contact.municipality,
           contact_address = set_protected_contact.contact_address,
           updated_at = clock_timestamp(), updated_by = session_user
     where p.client_id = client;
end $$;

-- Who must not see a client, for the lead; never about oneself.
create or replace function api.conflicts(client uuid) returns setof text
language sql stable security definer set search_path = '' as $$
    select b.login::text from app.conflict_block b
     where access.is_lead() and access.may_list(client) and b.client_id = client order by 1
$$;

-- The lead says that a person of the staff must not see a client, or takes it back.
create or replace function api.set_conflict(client uuid, person text, in_force boolean) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
    if not access.is_lead() then
        raise exception 'only the lead sets conflicts of interest' using errcode = 'insufficient_privilege';
    end if;
    if person = session_user and not in_force then
        raise exception 'another lead takes back what concerns oneself' using errcode = 'insufficient_privilege';
    end if;
    if in_force then
        -- The lock lets no assignment slip in between.
        if (select c.own_counsellor from app.client c where c.id = client for update) = person then
            raise exception 'the client is theirs: move it first' using errcode = 'check_violation',
                constraint = 'conflict_of_interest';
        end if;
        insert into app.conflict_block (client_id, login) values (client, person) on conflict do nothing;
    else
        delete from app.conflict_block b where b.client_id = client and b.login = person;
    end if;
end $$;
