-- Row security of the partner network and the guidance log: everybody of the team reads and writes both.

do $$
declare t text;
begin
    foreach t in array array['organisation', 'service', 'place', 'service_place', 'service_hours', 'partner_contact',
        'company', 'company_arrival', 'company_step', 'answer_snippet']
    loop
        execute format('grant select on app.%I to kotoutus_counsellor, kotoutus_lead', t);
        execute format('create policy team on app.%I to kotoutus_counsellor, kotoutus_lead
                        using (true) with check (true)', t);
    end loop;
end $$;

grant insert (id, kind, name_fi, name_sv, name_en, business_id, web, phone, email, valid_from, valid_to,
              predecessor_id, origin, external_id, remote),
      update (kind, name_fi, name_sv, name_en, business_id, web, phone, email, valid_from, valid_to, predecessor_id,
              merged_into, origin, external_id, remote, removed_at)
    on app.organisation to kotoutus_counsellor, kotoutus_lead;
grant insert (id, organisation_id, name_fi, name_sv, name_en, summary_fi, summary_sv, summary_en, words, area, spoken,
              interpreted, written, who_may_come, what_to_bring, cost, by_appointment, capacity, waiting_days,
              next_start_on, capacity_stated_on, state, origin, external_id, remote),
      update (organisation_id, merged_into, name_fi, name_sv, name_en, summary_fi, summary_sv, summary_en, words, area,
              spoken, interpreted, written, who_may_come, what_to_bring, cost, by_appointment, capacity, waiting_days,
              next_start_on, capacity_stated_on, state, verified_on, origin, external_id, remote, vanished_on,
              removed_at)
    on app.service to kotoutus_counsellor, kotoutus_lead;
grant insert (id, organisation_id, name, street, postal_code, town, easting, northing, external_id),
      update (organisation_id, name, street, postal_code, town, easting, northing, external_id, removed_at)
    on app.place to kotoutus_counsellor, kotoutus_lead;
grant insert (service_id, place_id), update (removed_at) on app.service_place to kotoutus_counsellor, kotoutus_lead;
grant insert (id, service_id, weekday, on_day, opens, closes), update (weekday, on_day, opens, closes, removed_at)
    on app.service_hours to kotoutus_counsellor, kotoutus_lead;
grant insert (id, organisation_id, service_id, name, title, phone, email, languages, confirmed_on),
      update (organisation_id, service_id, name, title, phone, email, languages, confirmed_on, removed_at)
    on app.partner_contact to kotoutus_counsellor, kotoutus_lead;
grant insert (id, name, business_id, contact, phone, email, contact_confirmed_on),
      update (name, business_id, contact, phone, email, contact_confirmed_on, removed_at)
    on app.company to kotoutus_counsellor, kotoutus_lead;
grant insert (id, company_id, month, people, route, language, families),
      update (month, people, route, language, families, removed_at)
    on app.company_arrival to kotoutus_counsellor, kotoutus_lead;
grant insert (id, arrival_id, code, owner, due_on), update (due_on, done_on, removed_at)
    on app.company_step to kotoutus_counsellor, kotoutus_lead;
grant insert (id, topic, language, title, body, valid_until, checked_on),
      update (topic, language, title, body, valid_until, checked_on, removed_at)
    on app.answer_snippet to kotoutus_counsellor, kotoutus_lead;
-- Numbers that anybody may read at Statistics Finland, kept so that they are there without a network.
grant select, insert (area, language, people, year, fetched_on), update (people, year, fetched_on)
    on app.population to kotoutus_counsellor, kotoutus_lead;
create policy everybody on app.population to kotoutus_counsellor, kotoutus_lead using (true) with check (true);
-- An entry is corrected by whoever wrote it.
grant select on app.guidance_entry to kotoutus_counsellor, kotoutus_lead;
create policy team on app.guidance_entry for select to kotoutus_counsellor, kotoutus_lead using (true);
create policy own_add on app.guidance_entry for insert to kotoutus_counsellor, kotoutus_lead
    with check (created_by = session_user);
create policy own_change on app.guidance_entry for update to kotoutus_counsellor, kotoutus_lead
    using (created_by = session_user);
grant insert (id, given_on, asker, company_id, topic, language, minutes, outcome, note, operation_id),
      update (given_on, asker, company_id, topic, language, minutes, outcome, note, removed_at)
    on app.guidance_entry to kotoutus_counsellor, kotoutus_lead;
