-- Who may call what. Functions not named here are for policies, triggers and other functions only.
revoke all on all functions in schema api, audit from public, kotoutus_counsellor, kotoutus_lead,
    kotoutus_admin, kotoutus_auditor, kotoutus_sealer;
grant execute on function
    api.open_client(uuid, text), api.log_use(text, text, integer), api.log_print(uuid, text), api.glance(uuid[]),
    api.store_name_keys(uuid, text, text[], integer, integer), api.create_client(jsonb),
    api.set_personal_id(uuid, text), api.add_household_member(uuid, uuid, text, text, boolean),
    api.remove_household_member(uuid), api.be_present(uuid, text), api.leave(uuid), api.names_a_client(text),
    api.tell_reception(uuid, text, boolean), api.ask_reveal(uuid, text, text), api.personal_id(uuid), api.has_personal_id(uuid),
    api.protected_contact(uuid), api.set_protection(uuid, boolean, date),
    api.set_protected_contact(uuid, text, text, text, text, text),
    api.put_deadlines(uuid, jsonb, jsonb, text), api.deadlines_stale(uuid, text),
    api.busy(timestamptz, timestamptz), api.bar_interpreter(uuid, text, text), api.is_barred(uuid, text),
    api.barred_interpreters(uuid), api.lift_interpreter_bar(uuid, text),
    api.taken(timestamptz, timestamptz, text, text, uuid),
    api.team_counts(), api.outlook_all_due(), api.outlook_with_client(uuid[])
    to kotoutus_counsellor, kotoutus_lead;
grant execute on function
    api.referral_overview(), api.service_referrals(uuid), api.disclosable(uuid),
    api.disclose(uuid, text[], text, text, text, uuid, text, uuid)
    to kotoutus_counsellor, kotoutus_lead;
grant execute on function
    api.begin_catalogue_run(text, boolean, timestamptz),
    api.keep_catalogue_page(uuid, text, text, integer, integer, bytea), api.end_catalogue_run(uuid),
    api.take_in_catalogue_run(text, timestamptz)
    to kotoutus_counsellor, kotoutus_lead;
grant execute on function api.register_stamps(uuid), api.register_queue() to kotoutus_counsellor, kotoutus_lead;
grant execute on function api.assign(uuid, text, text, uuid), api.set_conflict(uuid, text, boolean),
    api.look_at_import(jsonb), api.begin_import(text), api.end_import(uuid, integer, integer),
    api.update_client(jsonb), api.undo_import(uuid), api.workload_facts(),
    api.assign_all(jsonb, text, uuid), api.plan_transfers(jsonb, text, date, uuid), api.cancel_transfer(uuid),
    api.goes_along(uuid[]), api.lend_all(jsonb, text, date, uuid), api.conflicts(uuid) to kotoutus_lead;
grant execute on function
    api.transfers(), api.apply_due_transfers(), api.transfer_meeting(uuid, date), api.close_transfer(uuid),
    api.deputy_appointments(), api.take_over(uuid), api.team_trend()
    to kotoutus_counsellor, kotoutus_lead;
grant execute on function api.add_person(text, text, text), api.remove_person(text) to kotoutus_admin;
grant execute on function api.unread(), api.what_waits() to kotoutus_counsellor, kotoutus_lead, kotoutus_admin, kotoutus_auditor;
grant execute on function audit.seal() to kotoutus_sealer;
grant execute on function audit.verify() to kotoutus_auditor, kotoutus_sealer, kotoutus_admin;
