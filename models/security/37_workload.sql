-- Row security of workload: the team's numbers are the team's; the lead sets them.

grant select on app.workload_point, app.working_time, app.staff_language, app.client_weight
    to kotoutus_counsellor, kotoutus_lead;
grant insert (id, factor, points, valid_from), update (points) on app.workload_point to kotoutus_lead;
create policy everyone on app.workload_point for select to kotoutus_counsellor, kotoutus_lead using (true);
create policy lead_add on app.workload_point for insert to kotoutus_lead with check (true);
create policy lead_change on app.workload_point for update to kotoutus_lead using (true);
grant insert (id, login, percent, valid_from), update (percent) on app.working_time to kotoutus_lead;
create policy everyone on app.working_time for select to kotoutus_counsellor, kotoutus_lead using (true);
create policy lead_add on app.working_time for insert to kotoutus_lead with check (true);
create policy lead_change on app.working_time for update to kotoutus_lead using (true);
grant insert (login, language), update (removed_at) on app.staff_language to kotoutus_counsellor, kotoutus_lead;
create policy everyone on app.staff_language for select to kotoutus_counsellor, kotoutus_lead using (true);
create policy own_add on app.staff_language for insert to kotoutus_counsellor with check (login = session_user);
create policy own_change on app.staff_language for update to kotoutus_counsellor using (login = session_user);
create policy lead_add on app.staff_language for insert to kotoutus_lead with check (true);
create policy lead_change on app.staff_language for update to kotoutus_lead using (true);
grant insert (client_id, complexity), update (complexity) on app.client_weight to kotoutus_counsellor, kotoutus_lead;
grant insert (locked, lock_reason), update (locked, lock_reason) on app.client_weight to kotoutus_lead;
create policy listed on app.client_weight for select to kotoutus_counsellor, kotoutus_lead
    using ((select true from app.client c where c.id = client_id));
create policy add on app.client_weight for insert to kotoutus_counsellor, kotoutus_lead
    with check ((select true from app.client c where c.id = client_id));
create policy change on app.client_weight for update to kotoutus_counsellor, kotoutus_lead
    using ((select true from app.client c where c.id = client_id));
