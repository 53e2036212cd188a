-- The group roles. One login role a person is made by api.add_person and gets exactly one of them.
do $$
declare group_role text;
begin
    foreach group_role in array array[
        'kotoutus_owner', 'kotoutus_counsellor', 'kotoutus_lead', 'kotoutus_admin',
        'kotoutus_auditor', 'kotoutus_sealer'
    ] loop
        if not exists (select from pg_roles where rolname = group_role) then
            begin
                execute format('create role %I nologin', group_role);
            exception when duplicate_object or unique_violation then
                null;  -- another database of the same cluster was faster
            end;
        end if;
    end loop;
end $$;

-- add_person runs as the owner and must be able to make logins and to hand out the four roles.
do $$
begin
    if not (select rolcreaterole from pg_roles where rolname = 'kotoutus_owner') then
        alter role kotoutus_owner createrole;
    end if;
    if not pg_has_role('kotoutus_owner', 'kotoutus_counsellor', 'member') then
        grant kotoutus_counsellor, kotoutus_lead, kotoutus_admin, kotoutus_auditor, kotoutus_sealer
            to kotoutus_owner with admin option, inherit false, set false;
    end if;
end $$;
