"""A row of each table of the integration process for one client, as SQL with the client as %(c)s."""

_SQL = """
insert into app.client_document (client_id, kind)
  values (%(c)s, 'passport');
insert into app.interview (client_id, held_on, language)
  values (%(c)s, '2026-02-01', 'ar');
insert into app.interview_item (interview_id, client_id, item, answer)
  select id, client_id, 'literacy', %(body)s
  from app.interview
  where client_id = %(c)s;
insert into app.plan (client_id, number, drawn_on, own_words)
  values (%(c)s, 1, '2026-02-15', %(body)s);
insert into app.plan_goal (plan_id, client_id, term, goal)
  select id, client_id, 'long', %(body)s
  from app.plan
  where client_id = %(c)s;
insert into app.plan_measure (plan_id, client_id, goal_id, kind, title, justification)
  select plan_id, client_id, id, 'service', %(body)s, 'x'
  from app.plan_goal
  where client_id = %(c)s;
insert into app.plan_review (client_id, held_on, progress)
  values (%(c)s, '2026-06-01', %(body)s);
insert into app.interruption (client_id, from_on, to_on, reason)
  values (%(c)s, '2026-04-01', '2026-04-20', 'illness');
insert into app.extension (client_id, decided_on, ground, months, reasons)
  values (%(c)s, '2026-06-01', 'low_education', 12, %(body)s);
insert into app.study (client_id, kind, title)
  values (%(c)s, 'civic_orientation', %(body)s);
select access.write_deadlines(jsonb_build_array(jsonb_build_object(
  'client', %(c)s::uuid, 'summary', '{}'::jsonb,
  'rows', '[{"rule": "review", "section": "22", "due_on": "2026-12-01"}]'::jsonb)), '1');
insert into app.snooze (client_id, rule, due_on, until, reason)
  values (%(c)s, 'review', '2026-12-01', '2099-01-01', %(body)s);
insert into app.compensation_claim (client_id, year, claimed_on)
  values (%(c)s, 2025, '2026-05-01');
insert into app.register_mark (client_id, subject, subject_id, field, digest, copied_on)
  select client_id, 'plan', id, 'duration', 'x', '2026-05-01'
  from app.plan
  where client_id = %(c)s;
insert into app.authority_change (client_id, to_authority, effective_on)
  values (%(c)s, 'employment_authority', '2099-01-01');
insert into app.handover_item (change_id, client_id, item)
  select id, client_id, 'consent'
  from app.authority_change
  where client_id = %(c)s;
insert into app.arrival (label, arrives_on, source, template, created_by)
  values ('perhe', '2026-12-10', 'quota', %(key)s, %(o)s);
insert into app.arrival_person (arrival_id, client_id)
  select id, %(c)s
  from app.arrival
  where template = %(key)s;
insert into app.reception_step (arrival_id, client_id, code, owner, due_on)
  select arrival_id, client_id, 'keys', 'housing', '2026-12-10'
  from app.arrival_person
  where client_id = %(c)s;
insert into app.appointment (kind, starts_at, ends_at, counsellor, created_by, overlap_reason)
  values ('plan', '2026-12-14 08:00Z', '2026-12-14 09:00Z', %(o)s::text, %(o)s::text, %(key)s);
insert into app.appointment_client (appointment_id, client_id)
  select id, %(c)s from app.appointment where overlap_reason = %(key)s;
insert into app.appointment_series (frequency, every, starts_at, times, counsellor)
  values ('weekly', 1, '2026-12-14 08:00Z', 3, %(o)s);
insert into app.interpreter_bar (client_id, interpreter, reason)
  values (%(c)s, 'Tulkki', %(body)s);
insert into app.absence (login, from_on, to_on, created_by)
  values (%(o)s::text, '2026-12-20', '2026-12-31', %(o)s::text);
insert into app.calendar_export (login, route, template, appointments)
  values (%(o)s, 'file', 'busy', 1);
insert into app.calendar_sent (login, appointment_id, route, sequence, starts_at)
  select counsellor, id, 'file', 0, starts_at from app.appointment where overlap_reason = %(key)s;
insert into app.outlook_mailbox (login, mailbox, template, language)
  values (%(o)s::text, 'x@city.example', 'busy', 'fi') on conflict do nothing;
insert into app.outlook_event (login, source_id, unit_id, starts_at, ends_at)
  select counsellor, id, id, starts_at, ends_at from app.appointment where overlap_reason = %(key)s;
insert into app.outlook_job (login, unit_id)
  select counsellor, id from app.appointment where overlap_reason = %(key)s;
insert into app.workload_point (factor, points, valid_from, set_by)
  values ('interpreter', 1, '2026-01-01', %(o)s::text) on conflict do nothing;
insert into app.working_time (login, percent, valid_from)
  values (%(o)s::text, 100, '2026-01-01') on conflict do nothing;
insert into app.staff_language (login, language)
  values (%(o)s::text, 'ar') on conflict do nothing;
insert into app.client_weight (client_id, complexity)
  select %(c)s, 1 where %(key)s <> 'guarded';
insert into app.organisation (kind, name_fi) values ('ngo', %(key)s::text);
insert into app.service (organisation_id, name_fi)
  select id, %(key)s::text from app.organisation where name_fi = %(key)s::text;
insert into app.place (organisation_id, town)
  select id, %(key)s::text from app.organisation where name_fi = %(key)s::text;
insert into app.service_place (service_id, place_id)
  select s.id, p.id from app.service s join app.place p using (organisation_id)
  where s.name_fi = %(key)s::text;
insert into app.service_hours (service_id, weekday, opens, closes)
  select id, 1, '09:00', '15:00' from app.service where name_fi = %(key)s::text;
insert into app.partner_contact (organisation_id, name)
  select id, 'x' from app.organisation where name_fi = %(key)s::text;
insert into app.referral (client_id, receiver, purpose)
  values (%(c)s, 'Saaja', %(body)s);
insert into app.consent (client_id, items, language, how, given_on)
  values (%(c)s, 'names phone', 'ar', 'spoken', '2026-05-01');
insert into app.disclosure (client_id, referral_id, receiver, receiver_kind, items, purpose, ground, way,
                            operation_id)
  select client_id, id, receiver, receiver_kind, 'names', 'x', 'provider_94', 'letter', uuidv7()
  from app.referral
  where client_id = %(c)s;
insert into app.company (name) values (%(key)s::text);
insert into app.company_arrival (company_id, month, people, route)
  select id, '2027-01-01', 3, 'permit' from app.company where name = %(key)s::text;
insert into app.company_step (arrival_id, code, owner, due_on)
  select id, 'welcome', 'team', '2027-01-01' from app.company_arrival;
insert into app.answer_snippet (topic, language, title, body, valid_until, checked_on)
  values ('work', 'en', 'x', 'y', '2027-01-01', '2026-11-01');
insert into app.population (area, language, people, year, fetched_on)
  values ('KU167', %(key)s::text, 5, 2025, '2026-11-01');
insert into app.guidance_entry (given_on, asker, topic, language, minutes, outcome, created_by)
  values ('2026-11-01', 'company', 'work', 'en', 10, 'answered', %(o)s::text);
insert into app.catalogue_run (source, whole, login)
  values ('x', true, %(o)s::text);
insert into app.catalogue_page (run_id, endpoint, query, page, status, body, digest)
  select id, %(key)s, '', 1, 200, '', '' from app.catalogue_run where login = %(o)s::text;
insert into app.rebalance_plan (operation_id, occasion, reason, report) values (uuidv7(), 'even', 'x', '{}');
insert into app.deputy (absent, deputy, from_on, to_on) values ('aino', 'bilal', '2020-01-01', '2020-01-02');
insert into app.case_transfer (client_id, from_login, to_login, reason, effective_on)
  values (%(c)s, %(o)s::text, 'carita', %(body)s, '2099-01-01');
insert into app.case_transfer_step (transfer_id, client_id, step, note)
  select id, client_id, 'promised', %(body)s from app.case_transfer where client_id = %(c)s
"""
PROCESS_ROWS = tuple(_SQL.split(";\n"))
