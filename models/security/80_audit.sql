-- The hash chain over the log of use, sealed after commit by a login of its own, so that no writer waits for it.

create or replace function audit.seal() returns integer
language plpgsql volatile security definer set search_path = '' set timezone = 'UTC' as $$
declare
    place bigint;
    chain text;
    entry record;
    sealed integer := 0;
begin
    lock table audit.log_seal in share row exclusive mode;
    select s.position, s.hash into place, chain from audit.log_seal s order by s.position desc limit 1;
    place := coalesce(place, 0);
    chain := coalesce(chain, '');
    for entry in
        select e.*, c.before, c.after from audit.log_entry e
          left join audit.log_change c on c.entry_id = e.id
         where not exists (select from audit.log_seal s where s.entry_id = e.id)
           and e.transaction::xid8 < pg_snapshot_xmin(pg_current_snapshot())
         order by e.transaction::xid8, e.id
    loop
        place := place + 1;
        chain := encode(sha256(convert_to(chain || access.canonical(entry), 'UTF8')), 'hex');
        insert into audit.log_seal (position, entry_id, hash) values (place, entry.id, chain);
        sealed := sealed + 1;
    end loop;
    return sealed;
end $$;

create or replace function access.canonical(entry record) returns text
language plpgsql stable set search_path = '' as $$ begin return to_jsonb(entry)::text; end $$;

-- The first place where the chain does not hold, or nothing. A cut tail shows only beside a head kept elsewhere.
create or replace function audit.verify()
returns table (checked bigint, broken_at bigint, head text)
language plpgsql stable security definer set search_path = '' set timezone = 'UTC' as $$
declare
    chain text := '';
    link record;
    expected bigint := 0;
begin
    checked := 0;
    for link in
        select s.position as place, s.hash as kept, s.entry_id from audit.log_seal s order by s.position
    loop
        expected := expected + 1;
        chain := encode(sha256(convert_to(chain || coalesce((
            select access.canonical(r) from (
                select e.*, c.before, c.after from audit.log_entry e
                  left join audit.log_change c on c.entry_id = e.id where e.id = link.entry_id) r), ''), 'UTF8')), 'hex');
        checked := checked + 1;
        if link.place <> expected or chain <> link.kept then
            broken_at := expected;
            exit;
        end if;
    end loop;
    head := chain;
    return next;
end $$;
