-- Row security on every table. A table without a policy here is read only by definer functions.
-- Grants of INSERT and UPDATE name columns: a grant on the whole table would also allow LOCK TABLE.

do $$
declare t regclass; p record;
begin
    for p in select schemaname, tablename, policyname from pg_policies where schemaname in ('app', 'audit') loop
        execute format('drop policy %I on %I.%I', p.policyname, p.schemaname, p.tablename);
    end loop;
    for t in select oid::regclass from pg_class
              where relnamespace in ('app'::regnamespace, 'audit'::regnamespace) and relkind in ('r', 'p') loop
        execute format('alter table %s enable row level security', t);
        execute format('revoke all on table %s from public, kotoutus_counsellor, kotoutus_lead, kotoutus_admin,'
                       ' kotoutus_auditor, kotoutus_sealer', t);
    end loop;
end $$;

-- Names of colleagues.
grant select on app.staff to kotoutus_counsellor, kotoutus_lead, kotoutus_admin, kotoutus_auditor;
create policy everyone on app.staff for select using (true);
grant select on app.schema_state
    to kotoutus_counsellor, kotoutus_lead, kotoutus_admin, kotoutus_auditor, kotoutus_sealer;
create policy everyone on app.schema_state for select using (true);

-- What is seen of every client in one's list, without opening. The collation is that of the index. Not EXISTS:
-- for that the planner may read one's whole list instead of the one client.
create policy own on app.client for select to kotoutus_counsellor
    using (own_counsellor = session_user::text collate "default" and (select access.is_counsellor()));
create policy deputy on app.client for select to kotoutus_counsellor
    using (own_counsellor = any (array(select access.stands_in_wholly()))
           or id = any (array(select access.deputised())));
create policy lead on app.client for select to kotoutus_lead
    using ((select access.sees_all()) or id = any (array(select access.listed())));
create policy listed on app.client_name for select to kotoutus_counsellor, kotoutus_lead
    using ((select true from app.client c where c.id = client_id));
create policy listed on app.assignment for select to kotoutus_counsellor, kotoutus_lead
    using ((select true from app.client c where c.id = client_id));

-- The list of clients: one's own; the lead all. Writing needs an opening.
grant select on app.client to kotoutus_counsellor, kotoutus_lead;
grant update (phase, review_due, period_start, period_end, service_language, interpreter_needed,
              responsible_authority) on app.client to kotoutus_counsellor, kotoutus_lead;
create policy opened on app.client for update to kotoutus_counsellor, kotoutus_lead
    using (id = any (array(select access.opened())))
    with check (id = any (array(select access.opened())));

grant select on app.client_name to kotoutus_counsellor, kotoutus_lead;
grant insert (id, client_id, kind, family, given, patronymic, valid_from, valid_to),
      update (family, given, patronymic, valid_from, valid_to, removed_at)
      on app.client_name to kotoutus_counsellor, kotoutus_lead;
create policy opened_add on app.client_name for insert to kotoutus_counsellor, kotoutus_lead
    with check (client_id = any (array(select access.opened())));
create policy opened_change on app.client_name for update to kotoutus_counsellor, kotoutus_lead
    using (client_id = any (array(select access.opened())))
    with check (client_id = any (array(select access.opened())));

-- What is read only while an opening stands.
grant select on app.client_detail, app.client_contact, app.client_language, app.event, app.household,
    app.household_member to kotoutus_counsellor, kotoutus_lead;
grant update (birth_date, mother_tongue, citizenship, ground_of_entry, arrived_on, first_permit_on,
              municipality_since, first_plan_drawn_on, source) on app.client_detail
    to kotoutus_counsellor, kotoutus_lead;
create policy opened on app.client_detail to kotoutus_counsellor, kotoutus_lead
    using (client_id = any (array(select access.opened())));

grant update (phone, email, address, municipality) on app.client_contact to kotoutus_counsellor, kotoutus_lead;
create policy opened on app.client_contact to kotoutus_counsellor, kotoutus_lead
    using (client_id = any (array(select access.opened())));

grant insert (id, client_id, language, level), update (level, removed_at)
    on app.client_language to kotoutus_counsellor, kotoutus_lead;
create policy opened on app.client_language to kotoutus_counsellor, kotoutus_lead
    using (client_id = any (array(select access.opened())));

create policy opened on app.household for select to kotoutus_counsellor, kotoutus_lead
    using (id = any (array(select access.opened_households())));
create policy opened on app.household_member for select to kotoutus_counsellor, kotoutus_lead
    using (household_id = any (array(select access.opened_households())));

grant insert (id, client_id, kind, occurred_at, channel, minutes, body, source, reason, refers_to, operation_id)
    on app.event to kotoutus_counsellor, kotoutus_lead;
create policy opened_read on app.event for select to kotoutus_counsellor, kotoutus_lead
    using (client_id = any (array(select access.opened())));
create policy opened_write on app.event for insert to kotoutus_counsellor, kotoutus_lead
    with check (client_id = any (array(select access.opened())));

-- Tasks: a counsellor's own list shows the next step without opening; the lead opens first.
grant select on app.task to kotoutus_counsellor, kotoutus_lead;
grant insert (id, client_id, title, due_on, operation_id), update (title, due_on, done_at, cancelled_at)
    on app.task to kotoutus_counsellor, kotoutus_lead;
create policy own_list on app.task for select to kotoutus_counsellor
    using ((select true from app.client c where c.id = client_id));
create policy opened_read on app.task for select to kotoutus_lead
    using (client_id = any (array(select access.opened())));
create policy opened_add on app.task for insert to kotoutus_counsellor, kotoutus_lead
    with check (client_id = any (array(select access.opened())));
create policy opened_change on app.task for update to kotoutus_counsellor, kotoutus_lead
    using (client_id = any (array(select access.opened())))
    with check (client_id = any (array(select access.opened())));

grant select on app.assignment to kotoutus_counsellor, kotoutus_lead;
grant select on app.presence to kotoutus_counsellor, kotoutus_lead;
create policy opened on app.presence for select to kotoutus_counsellor, kotoutus_lead
    using (client_id = any (array(select access.opened())));
grant select on app.identity_clash to kotoutus_lead;
create policy lead on app.identity_clash for select to kotoutus_lead
    using (client_id = any (array(select access.listed())) and other_client_id = any (array(select access.listed())));

-- One's own things.
grant select on app.saved_view, app.notice, app.opening, app.command, app.import_run
    to kotoutus_counsellor, kotoutus_lead;
grant insert (id, name, query), update (name, query, removed_at) on app.saved_view
    to kotoutus_counsellor, kotoutus_lead;
create policy own on app.saved_view to kotoutus_counsellor, kotoutus_lead
    using (login = session_user) with check (login = session_user);
grant update (read_at) on app.notice to kotoutus_counsellor, kotoutus_lead;
create policy own on app.notice to kotoutus_counsellor, kotoutus_lead
    using (login = session_user) with check (login = session_user);
create policy own on app.opening for select to kotoutus_counsellor, kotoutus_lead using (login = session_user);
grant insert (operation_id, name, client_id, inverse), update (undone_by) on app.command
    to kotoutus_counsellor, kotoutus_lead;
create policy own on app.command to kotoutus_counsellor, kotoutus_lead
    using (login = session_user) with check (login = session_user);
create policy own on app.import_run for select to kotoutus_counsellor, kotoutus_lead using (login = session_user);

-- The log of use: one's own entries; the lead those about clients; the auditor all.
grant select on audit.log_entry to kotoutus_counsellor, kotoutus_lead, kotoutus_admin, kotoutus_auditor;
create policy own on audit.log_entry for select to kotoutus_counsellor, kotoutus_admin
    using (login = session_user);
create policy lead on audit.log_entry for select to kotoutus_lead
    using (login = session_user or (client_id is not null and (select access.sees_all()))
           or client_id = any (array(select access.listed())));
create policy auditor on audit.log_entry for select to kotoutus_auditor using (true);
grant select on audit.log_seal to kotoutus_auditor, kotoutus_sealer;
create policy auditor on audit.log_seal for select to kotoutus_auditor, kotoutus_sealer using (true);
