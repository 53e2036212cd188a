-- Row security of appointments: a counsellor's own, in lists without opening; of others only the hours.

grant select on app.appointment, app.appointment_series, app.appointment_client, app.absence, app.calendar_export,
    app.calendar_sent to kotoutus_counsellor, kotoutus_lead;

grant insert (id, frequency, every, weekdays, starts_at, times), update (frequency, every, weekdays, starts_at, times)
    on app.appointment_series to kotoutus_counsellor, kotoutus_lead;
create policy own on app.appointment_series to kotoutus_counsellor, kotoutus_lead
    using (counsellor = session_user) with check (counsellor = session_user);

-- One's own; and those with a client one has open, whoever made them.
grant insert (id, kind, title, starts_at, ends_at, mode, place, room, partner, interpreter_language, interpreter,
              interpreter_company, interpreter_reference, interpreter_gender, interpreter_cancel_by,
              overlap_reason, series_id, original_start, operation_id),
      update (counsellor, kind, title, starts_at, ends_at, mode, place, room, partner, interpreter_language,
              interpreter, interpreter_company, interpreter_reference, interpreter_gender, interpreter_cancel_by,
              overlap_reason, cancelled_at, cancelled_reason)
    on app.appointment to kotoutus_counsellor, kotoutus_lead;
create policy own on app.appointment to kotoutus_counsellor, kotoutus_lead
    using (counsellor = session_user) with check (counsellor = session_user);
create policy opened on app.appointment for select to kotoutus_counsellor, kotoutus_lead
    using (id = any (array(select access.opened_appointments())));

grant insert (appointment_id, client_id, told_of_fee, told_how_to_cancel, understood),
      update (attendance, told_of_fee, told_how_to_cancel, understood, acceptable_reason, unreasonable_reason,
              removed_at)
    on app.appointment_client to kotoutus_counsellor, kotoutus_lead;
create policy own_list on app.appointment_client for select to kotoutus_counsellor, kotoutus_lead
    using ((select true from app.client c where c.id = client_id)
           and (select true from app.appointment a where a.id = appointment_id));
create policy add on app.appointment_client for insert to kotoutus_counsellor, kotoutus_lead
    with check (client_id = any (array(select access.opened()))
                and (select true from app.appointment a where a.id = appointment_id and a.counsellor = session_user));
create policy change on app.appointment_client for update to kotoutus_counsellor, kotoutus_lead
    using (client_id = any (array(select access.opened())))
    with check (client_id = any (array(select access.opened())));

-- When colleagues are away is no secret in a team; one's own are written by oneself, all by the lead.
grant insert (id, login, from_on, to_on), update (from_on, to_on, removed_at) on app.absence
    to kotoutus_counsellor, kotoutus_lead;
create policy everyone on app.absence for select to kotoutus_counsellor, kotoutus_lead using (true);
create policy own_add on app.absence for insert to kotoutus_counsellor with check (login = session_user);
create policy own_change on app.absence for update to kotoutus_counsellor using (login = session_user);
create policy lead_add on app.absence for insert to kotoutus_lead with check (true);
create policy lead_change on app.absence for update to kotoutus_lead using (true);

grant insert (id, route, template, from_on, to_on, mailbox, appointments) on app.calendar_export
    to kotoutus_counsellor, kotoutus_lead;
create policy own on app.calendar_export to kotoutus_counsellor, kotoutus_lead
    using (login = session_user) with check (login = session_user);
grant insert (appointment_id, route, sequence, starts_at, event_id, change_key, gone),
      update (sequence, starts_at, event_id, change_key, gone, sent_at) on app.calendar_sent
    to kotoutus_counsellor, kotoutus_lead;
create policy own on app.calendar_sent to kotoutus_counsellor, kotoutus_lead
    using (login = session_user)
    with check (login = session_user
                and (select true from app.appointment a where a.id = appointment_id and a.counsellor = session_user));
