-- Reading the national catalogue: a run, its pages while it reads, and how far it was taken in.

-- Pages are kept for a person's own run that has not read everything; those of others for two weeks.
create or replace function access.drop_catalogue_pages() returns void
language sql security definer set search_path = '' as $$
    delete from app.catalogue_page p using app.catalogue_run r
     where r.id = p.run_id and (r.read_at is not null or r.started_at < now() - interval '14 days')
$$;

create or replace function api.begin_catalogue_run(source text, is_whole boolean, changed_since timestamptz)
returns uuid
language plpgsql security definer set search_path = '' as $$
declare
    run uuid := uuidv7();
begin
    update app.catalogue_run set read_at = clock_timestamp() where login = session_user and read_at is null;
    perform access.drop_catalogue_pages();
    insert into app.catalogue_run (id, source, whole, since) values (run, source, is_whole, changed_since);
    return run;
end $$;

create or replace function api.keep_catalogue_page(
    run uuid, of_endpoint text, of_query text, of_page integer, of_status integer, content bytea) returns void
language plpgsql security definer set search_path = '' as $$
begin
    perform from app.catalogue_run r where r.id = run and r.login = session_user and r.read_at is null;
    if not found then
        raise exception 'no such run' using errcode = 'no_data_found';
    end if;
    insert into app.catalogue_page (run_id, endpoint, query, page, status, body, digest)
    values (run, of_endpoint, of_query, of_page, of_status, content, sha256(content))
    on conflict (run_id, endpoint, query, page) do update
       set status = excluded.status, body = excluded.body, digest = excluded.digest, fetched_at = clock_timestamp();
end $$;

create or replace function api.end_catalogue_run(run uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
    update app.catalogue_run r set read_at = clock_timestamp()
     where r.id = run and r.login = session_user and r.read_at is null;
    perform access.drop_catalogue_pages();
end $$;

-- Whoever takes a run in as the second waits for the first, and then sees what that one took in. Of a run that is
-- unknown there is nothing to note.
create or replace function api.take_in_catalogue_run(run text, until timestamptz) returns void
language plpgsql security definer set search_path = '' as $$
begin
    lock table app.catalogue_run in share row exclusive mode;
    update app.catalogue_run r set taken_in_at = clock_timestamp(), newest = until
     where r.id::text = run and r.login = session_user and r.read_at is not null;
end $$;

revoke all on all functions in schema access from public;
