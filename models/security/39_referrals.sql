-- Row security of referrals, consents and disclosures: read and written only while an opening stands.

do $$
declare t text;
begin
    foreach t in array array['referral', 'consent'] loop
        execute format('grant select on app.%I to kotoutus_counsellor, kotoutus_lead', t);
        execute format('create policy opened on app.%I to kotoutus_counsellor, kotoutus_lead
                        using (client_id = any (array(select access.opened())))
                        with check (client_id = any (array(select access.opened())))', t);
    end loop;
    -- Steps and disclosures are written by the database alone.
    foreach t in array array['referral_step', 'disclosure'] loop
        execute format('grant select on app.%I to kotoutus_counsellor, kotoutus_lead', t);
        execute format('create policy opened on app.%I for select to kotoutus_counsellor, kotoutus_lead
                        using (client_id = any (array(select access.opened())))', t);
    end loop;
end $$;

grant insert (id, client_id, service_id, receiver, receiver_kind, purpose, goal_id, state, chase_on, instead_of),
      update (service_id, receiver, receiver_kind, purpose, goal_id, state, chase_on, chase_task_id, decline_code,
              outcome, outcome_note, event_id, removed_at)
    on app.referral to kotoutus_counsellor, kotoutus_lead;
grant insert (id, client_id, receiver, items, scope, language, how, given_on, valid_until),
      update (withdrawn_on) on app.consent to kotoutus_counsellor, kotoutus_lead;
