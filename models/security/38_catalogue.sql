-- Row security of the reading of the national catalogue: everybody of the team sees how far it was taken in,
-- and whoever reads it the own pages. Only functions write both.

grant select on app.catalogue_run, app.catalogue_page to kotoutus_counsellor, kotoutus_lead;
create policy team on app.catalogue_run for select to kotoutus_counsellor, kotoutus_lead using (true);
create policy own on app.catalogue_page for select to kotoutus_counsellor, kotoutus_lead
    using (exists (select from app.catalogue_run r where r.id = run_id and r.login = session_user));
