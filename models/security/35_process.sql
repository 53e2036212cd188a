-- Row security of the integration process: interview, plan, period, deadlines, reception, hand-over.

-- Arrivals this person may see: a lead all; a counsellor those they answer for, made, or have a client in.
create or replace function access.arrivals() returns setof uuid
language sql stable security definer set search_path = '' as $$
    select a.id from app.arrival a
     where (access.is_lead() and not exists (
                select from app.arrival_person p
                 where p.arrival_id = a.id and p.client_id in (select access.blocked())))
        or (access.is_counsellor()
            and (session_user in (a.responsible, a.created_by)
                 or exists (select from app.arrival_person p join app.client c on c.id = p.client_id
                             where p.arrival_id = a.id and p.removed_at is null
                               and (c.own_counsellor = session_user
                                    or c.own_counsellor in (select access.stands_in_for()))))
            and not exists (select from app.arrival_person p
                             where p.arrival_id = a.id and p.client_id in (select access.blocked())))
$$;
revoke all on function access.arrivals() from public;
grant execute on function access.arrivals() to kotoutus_counsellor, kotoutus_lead;

-- Read and written only while an opening stands; nothing is deleted.
do $$
declare t text;
begin
    foreach t in array array['client_status', 'client_document', 'interview', 'interview_item', 'plan', 'plan_goal',
        'plan_measure', 'plan_review', 'interruption', 'extension', 'study', 'snooze', 'compensation_claim',
        'register_mark', 'authority_change', 'handover_item']
    loop
        execute format('grant select on app.%I to kotoutus_counsellor, kotoutus_lead', t);
        execute format('create policy opened on app.%I to kotoutus_counsellor, kotoutus_lead
                        using (client_id = any (array(select access.opened())))
                        with check (client_id = any (array(select access.opened())))', t);
    end loop;
end $$;

grant update (learned_on, requested_on, assessment_started_on, assessment_finished_on, plan_needed, county_participates,
              family_of_refugee, trafficking_victim, unaccompanied, guardian_since, representative, representative_contact,
              family_group_home, closed_on) on app.client_status to kotoutus_counsellor, kotoutus_lead;
grant insert (id, client_id, kind, valid_until, kept_at), update (valid_until, kept_at, removed_at)
    on app.client_document to kotoutus_counsellor, kotoutus_lead;
grant insert (id, client_id, held_on, finished_on, language, interpreter, place, place_reason),
      update (held_on, finished_on, language, interpreter, place, place_reason, event_id, removed_at)
    on app.interview to kotoutus_counsellor, kotoutus_lead;
grant insert (id, interview_id, client_id, item, answer, source, told_on), update (answer, source, told_on)
    on app.interview_item to kotoutus_counsellor, kotoutus_lead;
grant insert (id, client_id, kind, number, drawn_on, signed_on, starts_on, ends_on, next_review_on, guided_on,
              own_words, parties, county_participates),
      update (drawn_on, signed_on, starts_on, ends_on, next_review_on, guided_on, own_words, parties,
              county_participates, removed_at)
    on app.plan to kotoutus_counsellor, kotoutus_lead;
grant insert (id, plan_id, client_id, term, goal, state), update (term, goal, state, removed_at)
    on app.plan_goal to kotoutus_counsellor, kotoutus_lead;
grant insert (id, plan_id, client_id, goal_id, kind, title, justification, provider, starts_on, ends_on, state),
      update (goal_id, kind, title, justification, provider, starts_on, ends_on, state, removed_at)
    on app.plan_measure to kotoutus_counsellor, kotoutus_lead;
grant insert (id, client_id, plan_id, held_on, participation, progress, obstacles, changes, next_review_on,
              operation_id),
      update (held_on, participation, progress, obstacles, changes, next_review_on, removed_at)
    on app.plan_review to kotoutus_counsellor, kotoutus_lead;
grant insert (id, client_id, from_on, to_on, reason, note), update (from_on, to_on, reason, note, removed_at)
    on app.interruption to kotoutus_counsellor, kotoutus_lead;
grant insert (id, client_id, decided_on, ground, months, reasons),
      update (decided_on, ground, months, reasons, removed_at)
    on app.extension to kotoutus_counsellor, kotoutus_lead;
grant insert (id, client_id, kind, title, provider, language, starts_on, ends_on, minutes, level),
      update (kind, title, provider, language, starts_on, ends_on, minutes, level, removed_at)
    on app.study to kotoutus_counsellor, kotoutus_lead;
grant insert (id, client_id, rule, subject, due_on, until, reason), update (removed_at)
    on app.snooze to kotoutus_counsellor, kotoutus_lead;
grant insert (id, client_id, year, old_law, claimed_on, reference), update (claimed_on, reference, removed_at)
    on app.compensation_claim to kotoutus_counsellor, kotoutus_lead;
grant insert (id, client_id, subject, subject_id, field, digest, copied_on),
      update (digest, copied_on, confirmed_on)
    on app.register_mark to kotoutus_counsellor, kotoutus_lead;
grant insert (id, client_id, to_authority, effective_on, reason), update (effective_on, reason, removed_at)
    on app.authority_change to kotoutus_counsellor, kotoutus_lead;
grant insert (id, change_id, client_id, item, done_on, not_applicable_reason),
      update (done_on, not_applicable_reason) on app.handover_item to kotoutus_counsellor, kotoutus_lead;

-- Days and rules are part of the list of clients: no opening, no content.
grant select on app.deadline to kotoutus_counsellor, kotoutus_lead;
create policy own on app.deadline for select to kotoutus_counsellor
    using (own_counsellor = session_user::text collate "default" and (select access.is_counsellor()));
create policy deputy on app.deadline for select to kotoutus_counsellor
    using (own_counsellor = any (array(select access.stands_in_wholly()))
           or client_id = any (array(select access.deputised())));
create policy lead on app.deadline for select to kotoutus_lead
    using ((select access.sees_all()) or client_id = any (array(select access.listed())));

-- Reception is done together, by those who take part in it.
grant select on app.arrival, app.arrival_person, app.reception_step to kotoutus_counsellor, kotoutus_lead;
grant insert (id, label, arrives_on, source, place, persons, template, responsible),
      update (label, arrives_on, source, place, persons, responsible, cancelled_at, cancelled_reason)
    on app.arrival to kotoutus_counsellor, kotoutus_lead;
create policy taking_part on app.arrival for select to kotoutus_counsellor, kotoutus_lead
    using (id = any (array(select access.arrivals())) or created_by = session_user);
create policy add on app.arrival for insert to kotoutus_counsellor, kotoutus_lead
    with check (created_by = session_user);
create policy change on app.arrival for update to kotoutus_counsellor, kotoutus_lead
    using (id = any (array(select access.arrivals())));
grant insert (arrival_id, client_id) on app.arrival_person to kotoutus_counsellor, kotoutus_lead;
create policy taking_part on app.arrival_person for select to kotoutus_counsellor, kotoutus_lead
    using (arrival_id = any (array(select access.arrivals())));
create policy add on app.arrival_person for insert to kotoutus_counsellor, kotoutus_lead
    with check (arrival_id = any (array(select access.arrivals()))
                and (select true from app.client c where c.id = client_id));
grant update (removed_at) on app.arrival_person to kotoutus_counsellor, kotoutus_lead;
create policy take_out on app.arrival_person for update to kotoutus_counsellor, kotoutus_lead
    using (arrival_id = any (array(select access.arrivals()))
           and (select true from app.client c where c.id = client_id));
grant insert (id, arrival_id, client_id, code, title, owner, responsible, due_on, blocked_by),
      update (title, owner, responsible, due_on, blocked_by, done_on, not_applicable_reason, removed_at)
    on app.reception_step to kotoutus_counsellor, kotoutus_lead;
create policy taking_part on app.reception_step for select to kotoutus_counsellor, kotoutus_lead
    using (arrival_id = any (array(select access.arrivals())));
create policy add on app.reception_step for insert to kotoutus_counsellor, kotoutus_lead
    with check (arrival_id = any (array(select access.arrivals())));
create policy change on app.reception_step for update to kotoutus_counsellor, kotoutus_lead
    using (arrival_id = any (array(select access.arrivals())));
