-- What PostgreSQL gives to everybody by default and what this database takes back. Needs a superuser.
do $$
declare routine regprocedure;
begin
    execute format('revoke all on database %I from public', current_database());
    execute format('grant connect, create on database %I to kotoutus_owner', current_database());
    execute format(
        'grant connect on database %I to kotoutus_counsellor, kotoutus_lead, kotoutus_admin,'
        ' kotoutus_auditor, kotoutus_sealer', current_database());
    -- An advisory lock would let one person hold up the others.
    for routine in
        select oid::regprocedure from pg_proc
         where pronamespace = 'pg_catalog'::regnamespace and proname ~ '^pg_(try_)?advisory'
    loop
        execute format('revoke execute on function %s from public', routine);
    end loop;
    -- Large objects have no row security and pg_notify lets one person forge changes.
    for routine in
        select oid::regprocedure from pg_proc
         where pronamespace = 'pg_catalog'::regnamespace
           and (proname ~ '^(lo_|lowrite|loread)' or proname in ('pg_notify', 'pg_logical_emit_message'))
    loop
        execute format('revoke execute on function %s from public', routine);
        execute format('grant execute on function %s to kotoutus_owner', routine);
    end loop;
end $$;
-- Without a language nobody can run a DO block or make a function of their own.
revoke usage on language plpgsql, sql from public;
grant usage on language plpgsql, sql to kotoutus_owner;
revoke all on schema public from public;
