-- Row security of deputies and of transfers from one counsellor to another.

-- Who stands in for whom is no secret in a team; the lead decides it.
grant select on app.deputy to kotoutus_counsellor, kotoutus_lead;
grant insert (id, absent, deputy, from_on, to_on), update (to_on, ended_at) on app.deputy to kotoutus_lead;
create policy everyone on app.deputy for select to kotoutus_counsellor, kotoutus_lead using (true);
create policy lead_add on app.deputy for insert to kotoutus_lead with check (true);
create policy lead_change on app.deputy for update to kotoutus_lead using (true);

-- A transfer is seen by the two whom it is between while it is open, and by the lead who may list the client.
create or replace function access.my_transfers() returns setof uuid
language sql stable security definer set search_path = '' as $$
    select t.id from app.case_transfer t
     where access.is_counsellor() and session_user in (t.from_login, t.to_login)
       and t.closed_at is null and t.cancelled_at is null
       and t.client_id <> all (array(select access.blocked()))
$$;
revoke all on function access.my_transfers() from public;
grant execute on function access.my_transfers() to kotoutus_counsellor;

grant select on app.case_transfer to kotoutus_counsellor, kotoutus_lead;
create policy between on app.case_transfer for select to kotoutus_counsellor
    using (id = any (array(select access.my_transfers())));
create policy lead on app.case_transfer for select to kotoutus_lead
    using ((select true from app.client c where c.id = client_id));

-- What one tells the other is read by these two; the lead sees which steps are done.
grant select on app.case_transfer_step to kotoutus_counsellor;
grant select (transfer_id, client_id, step, done_on, updated_by, updated_at, version)
    on app.case_transfer_step to kotoutus_lead;
grant insert (transfer_id, client_id, step, done_on, note), update (done_on, note) on app.case_transfer_step
    to kotoutus_counsellor;
create policy between on app.case_transfer_step to kotoutus_counsellor
    using (transfer_id = any (array(select access.my_transfers())))
    with check (transfer_id = any (array(select access.my_transfers())));
create policy lead on app.case_transfer_step for select to kotoutus_lead
    using ((select true from app.client c where c.id = client_id));

-- Reports of proposals that were carried out: numbers, read by the team, written by the lead once and never changed.
grant select on app.rebalance_plan to kotoutus_counsellor, kotoutus_lead;
grant insert (operation_id, occasion, reason, effective_on, report) on app.rebalance_plan to kotoutus_lead;
create policy everyone on app.rebalance_plan for select to kotoutus_counsellor, kotoutus_lead using (true);
create policy lead_add on app.rebalance_plan for insert to kotoutus_lead with check (true);
