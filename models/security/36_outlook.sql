-- Row security of the push to Outlook: every row is its owner's alone.

grant select on app.outlook_mailbox, app.outlook_event, app.outlook_job to kotoutus_counsellor, kotoutus_lead;

grant insert (mailbox, template, language, active),
      update (mailbox, template, language, active, delta_link, delta_from, claimed_by, claimed_until)
    on app.outlook_mailbox to kotoutus_counsellor, kotoutus_lead;
create policy own on app.outlook_mailbox to kotoutus_counsellor, kotoutus_lead
    using (login = session_user) with check (login = session_user);

grant insert (id, source_id, unit_id, series, with_client, starts_at, ends_at),
      update (unit_id, generation, event_id, change_key, mark, seen, parts, with_client, starts_at, ends_at,
              theirs, sent_at, removed_at)
    on app.outlook_event to kotoutus_counsellor, kotoutus_lead;
create policy own on app.outlook_event to kotoutus_counsellor, kotoutus_lead
    using (login = session_user) with check (login = session_user);

-- Jobs are made by the triggers of what they are about.
grant update (not_before, tries, problem, done_at) on app.outlook_job
    to kotoutus_counsellor, kotoutus_lead;
create policy own on app.outlook_job to kotoutus_counsellor, kotoutus_lead
    using (login = session_user) with check (login = session_user);
