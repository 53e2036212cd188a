-- Telling a receiver about a client: which items there are, what they hold, and the log of what was told.

-- The items and their number in the closed list of section 94 (681/2023); those without a number need consent
-- whatever the ground. `near` are those from which one may learn where the client is: never of a protected person.
create or replace function access.disclosure_items() returns table (item text, number integer, near boolean)
language sql immutable set search_path = '' as $$
    values ('names', 1, false), ('birth_date', 2, false), ('personal_id', 3, false), ('mother_tongue', 4, false),
           ('service_language', 5, false), ('citizenship', 6, false), ('municipality', 7, true), ('address', 8, true),
           ('phone', 8, true), ('email', 8, true), ('official', 9, false), ('plan_dates', 10, false),
           ('study_needs', 11, false), ('language_skill', 12, false), ('education_and_work', 13, false),
           ('goals', 15, false), ('earlier_studies', 16, true), ('agreed_measures', 17, true),
           ('purpose', 18, false), ('goal', 18, false), ('interpreter', 18, false), ('literacy', 18, false),
           ('study_skills', 18, false), ('special_skills', null, false), ('life_situation', null, true),
           ('other_needs', null, true)
$$;

create or replace function access.interview_answer(client uuid, which text) returns text
language sql stable security definer set search_path = '' as $$
    select i.answer from app.interview_item i join app.interview v on v.id = i.interview_id
     where i.client_id = client and i.item = which and i.answer is not null and v.removed_at is null
     order by v.held_on desc nulls last, v.id desc limit 1
$$;

-- What each item holds, without those that hold nothing. The identity code is only said to be there.
create or replace function access.disclosable(referral uuid) returns jsonb
language sql stable security definer set search_path = '' as $$
    select jsonb_strip_nulls(jsonb_build_object(
        'names', c.name,
        'birth_date', d.birth_date,
        'personal_id', (select '' from app.client_identity i where i.client_id = c.id and i.valid_to is null limit 1),
        'mother_tongue', d.mother_tongue,
        'service_language', c.service_language,
        'citizenship', d.citizenship,
        'official', (select s.name from app.staff s where s.login = coalesce(c.own_counsellor, session_user)),
        'plan_dates', (select jsonb_build_array(p.drawn_on, c.period_end)
                         from app.plan p where p.client_id = c.id and p.kind = 'integration' and p.removed_at is null
                          and p.drawn_on is not null order by p.number desc limit 1),
        'study_needs', access.interview_answer(c.id, 'employment_and_education_needs'),
        'language_skill', (select jsonb_agg(jsonb_build_array(l.language, l.level) order by l.language)
                             from app.client_language l
                            where l.client_id = c.id and l.removed_at is null and l.level is not null
                              and l.language in ('fi', 'sv')),
        'education_and_work', access.interview_answer(c.id, 'earlier_education_and_work'),
        'goals', (select jsonb_agg(g.goal order by g.id) from app.plan_goal g
                   where g.removed_at is null and g.term = 'long' and g.state = 'open' and g.plan_id = (
                         select p.id from app.plan p
                          where p.client_id = c.id and p.kind = 'integration' and p.removed_at is null
                            and p.drawn_on is not null order by p.number desc limit 1)),
        'purpose', r.purpose,
        'goal', (select g.goal from app.plan_goal g where g.id = r.goal_id),
        'interpreter', case when c.interpreter_needed then coalesce(c.service_language, d.mother_tongue, '') end,
        'literacy', access.interview_answer(c.id, 'literacy'),
        'study_skills', access.interview_answer(c.id, 'study_and_work_skills'),
        'special_skills', access.interview_answer(c.id, 'special_skills')
    ) || case when c.protected then '{}' else jsonb_build_object(
        'municipality', k.municipality,
        'address', k.address,
        'phone', k.phone,
        'email', k.email,
        'earlier_studies', (select jsonb_agg(jsonb_build_array(s.kind, s.title, s.starts_on, s.ends_on, s.level)
                                             order by s.starts_on, s.id)
                              from app.study s where s.client_id = c.id and s.removed_at is null),
        'agreed_measures', (select jsonb_agg(m.title order by m.id) from app.plan_measure m
                             where m.removed_at is null and m.state in ('planned', 'under_way') and m.plan_id = (
                                   select p.id from app.plan p
                                    where p.client_id = c.id and p.kind = 'integration' and p.removed_at is null
                                      and p.drawn_on is not null order by p.number desc limit 1)),
        'life_situation', access.interview_answer(c.id, 'life_situation'),
        'other_needs', access.interview_answer(c.id, 'other_service_needs')) end)
      from app.referral r
      join app.client c on c.id = r.client_id
      left join app.client_detail d on d.client_id = c.id
      left join app.client_contact k on k.client_id = c.id
     where r.id = referral
$$;

-- What could be told of an open client with a referral, for a preview; nothing is told by it.
create or replace function api.disclosable(referral uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
    if not exists (select from app.referral r
                    where r.id = referral and r.client_id = any (array(select access.opened()))) then
        raise exception 'open the client first' using errcode = 'insufficient_privilege';
    end if;
    return access.disclosable(referral);
end $$;

-- Notes that the items are told, and gives what they hold: the letter is made of this answer and of nothing else.
-- Given twice under one operation id it is noted once.
create or replace function api.disclose(
    referral uuid, told text[], ground text, purpose text, asked_by text, consent uuid, way text, operation uuid)
returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
    r app.referral;
    who app.client;
    given app.consent;
    today constant date := (clock_timestamp() at time zone 'Europe/Helsinki')::date;
    held jsonb;
    code text;
begin
    select * into r from app.referral f
     where f.id = disclose.referral and f.removed_at is null and f.client_id = any (array(select access.opened()));
    if not found then
        raise exception 'open the client first' using errcode = 'insufficient_privilege';
    end if;
    select * into who from app.client c where c.id = r.client_id;
    if coalesce(cardinality(told), 0) = 0
       or exists (select from unnest(told) t where t is null or t not in (select i.item from access.disclosure_items() i))
       or char_length(trim(coalesce(purpose, ''))) < 3 then
        raise exception 'what and why' using errcode = 'check_violation', constraint = 'disclosure_items';
    end if;
    if who.protected and exists (
        select from access.disclosure_items() i where i.near and i.item = any (told)) then
        raise exception 'a protected person' using errcode = 'check_violation', constraint = 'disclosure_protected';
    end if;
    if consent is not null then
        select * into given from app.consent k
         where k.id = disclose.consent and k.client_id = r.client_id and k.withdrawn_on is null
           and k.given_on <= today and (k.valid_until is null or k.valid_until >= today)
           and (k.receiver is null or k.receiver = r.receiver);
        if not found then
            raise exception 'no valid consent' using errcode = 'check_violation', constraint = 'disclosure_consent';
        end if;
    end if;
    if exists (
        select from access.disclosure_items() i
         where i.item = any (told) and (ground in ('consent', 'move_85') or i.number is null)
           and (given.id is null or i.item <> all (string_to_array(given.items, ' ')))) then
        raise exception 'no valid consent' using errcode = 'check_violation', constraint = 'disclosure_consent';
    end if;
    -- Section 94: the client is guided by a plan. Sections 86-88: authorities, each for its own task.
    if ground = 'provider_94' and not exists (
        select from app.plan p where p.client_id = r.client_id and p.kind = 'integration' and p.drawn_on is not null
           and p.removed_at is null) then
        raise exception 'no plan' using errcode = 'check_violation', constraint = 'disclosure_plan';
    end if;
    if (ground = 'authorities_86'
        and r.receiver_kind not in ('employment_authority', 'wellbeing_county', 'other_municipality'))
       or (ground = 'kela_88' and (r.receiver_kind <> 'kela' or exists (
           select from unnest(told) t
            where t <> all (array['names', 'birth_date', 'personal_id', 'official', 'plan_dates'])
              and (given.id is null or t <> all (string_to_array(given.items, ' '))))))
       or (ground = 'move_85' and r.receiver_kind <> 'other_municipality') then
        raise exception 'not on this ground' using errcode = 'check_violation', constraint = 'disclosure_ground';
    end if;
    held := access.disclosable(r.id);
    select coalesce(jsonb_object_agg(e.key, e.value), '{}') into held
      from jsonb_each(held) e where e.key = any (told);
    if 'personal_id' = any (told) then
        code := api.personal_id(r.client_id);
        if code is null then
            raise exception 'ask for the code first' using errcode = 'insufficient_privilege';
        end if;
        held := held || jsonb_build_object('personal_id', code);
    end if;
    if held = '{}' then
        raise exception 'nothing to tell' using errcode = 'check_violation', constraint = 'disclosure_items';
    end if;
    insert into app.disclosure (client_id, referral_id, receiver, receiver_kind, items, purpose, ground, asked_by,
                                consent_id, way, operation_id)
    values (r.client_id, r.id, r.receiver, r.receiver_kind,
            (select string_agg(k, ' ' order by k) from jsonb_object_keys(held) k), purpose, ground, asked_by,
            given.id, way, operation)
    on conflict (operation_id) do nothing;
    if found then
        perform access.note_use('disclose', 'referral', r.client_id, null,
                                (select count(*)::integer from jsonb_object_keys(held)));
    elsif not exists (select from app.disclosure x where x.operation_id = operation and x.referral_id = r.id
                         and x.author = session_user) then
        raise exception 'another operation' using errcode = 'unique_violation';
    end if;
    return held;
end $$;

revoke all on all functions in schema access from public;
