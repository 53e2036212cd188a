-- Reports of the team's work: counts alone, and none from which a count under five could be worked out.

-- Days from which duties run, one row for each. `done` is the day on which what runs from this very day was done,
-- `agreed` an earlier day that was agreed for it. Ordinary marks have neither.
create or replace function access.duty_marks(today date)
returns table (client_id uuid, mark text, day date, done date, agreed date, superseded_on date)
language sql stable security definer set search_path = '' as $$
    with plans as (
        select p.client_id, coalesce(p.drawn_on, p.signed_on) as day, p.guided_on, p.next_review_on
          from app.plan p
         where p.kind = 'integration' and p.removed_at is null and coalesce(p.drawn_on, p.signed_on) is not null
    ),
    steps as (
        select p.client_id, p.day, false as review, p.next_review_on as agreed from plans p
        union all
        select r.client_id, r.held_on, true, r.next_review_on from app.plan_review r where r.removed_at is null
        union all
        select e.client_id, (e.occurred_at at time zone 'Europe/Helsinki')::date, true, null
          from app.event e
         where e.kind = 'review'
           and not exists (select from app.event w where w.refers_to = e.id and w.kind = 'withdrawal')
    ),
    days as (
        select s.client_id, s.day, bool_or(s.review) as review, min(s.agreed) filter (where s.agreed > s.day) as agreed
          from steps s group by s.client_id, s.day
    ),
    reviews as (
        select d.client_id, d.day, d.agreed, lead(d.day) over w as next_day, lead(d.review) over w as next_is_review
          from days d window w as (partition by d.client_id order by d.day)
    ),
    since as (
        select c.id, least(c.assigned_on, (c.created_at at time zone 'Europe/Helsinki')::date) as day
          from app.client c where c.phase <> 'arriving'
    )
    select c.id, m.mark, m.day, null::date, null::date, null::date
      from app.client c
      left join since x on x.id = c.id
      left join app.client_status s on s.client_id = c.id
      left join app.client_detail d on d.client_id = c.id
     cross join lateral (values
        ('today', $1),
        ('client_or_requested_on', coalesce(least(x.day, s.requested_on), s.learned_on)),
        ('learned_on', least(s.learned_on, s.requested_on, x.day)),
        ('assessment_finished_on', s.assessment_finished_on),
        ('first_permit_on', d.first_permit_on)) m (mark, day)
     where m.day is not null
    union all
    select p.client_id, 'current_plan_on', p.day, p.guided_on, null, null from plans p
    union all
    select r.client_id, 'plan_or_review_on', r.day, case when r.next_is_review then r.next_day end, r.agreed,
           case when not r.next_is_review then r.next_day end
      from reviews r
$$;

-- How each duty that fell due in a span of days ended, a row for each. `rules` are the versions of the rules that
-- the program counts deadlines by: what the law says stands in its rule files alone.
create or replace function access.duties(first date, last date, rules jsonb)
returns table (rule text, section text, outcome text)
language sql stable security definer set search_path = '' as $$
    with version as (
        select * from jsonb_to_recordset(rules) v (
            rule text, section text, chosen_by text, counts_from text, from_on date, until_on date, months integer,
            days integer, within_months integer, not_if text[], done_if text, earlier boolean, ends_with_period boolean)
    ),
    today as (select (clock_timestamp() at time zone 'Europe/Helsinki')::date as day),
    mark as materialized (
        select m.* from access.duty_marks(least(last, (select t.day from today t))) m
    ),
    done as (
        select c.id, c.phase, c.period_end, c.responsible_authority, s.plan_needed, s.trafficking_victim, d.first_permit_on,
               least(s.assessment_started_on, s.assessment_finished_on, c.interviewed_on, i.held_on, p.drawn) as started,
               least(p.begun, p.drawn, d.first_plan_drawn_on) as drafting,
               least(p.drawn, d.first_plan_drawn_on) as drawn
          from app.client c
          left join app.client_status s on s.client_id = c.id
          left join app.client_detail d on d.client_id = c.id
          left join (select i.client_id, min(i.held_on) as held_on from app.interview i
                      where i.removed_at is null group by i.client_id) i on i.client_id = c.id
          left join (select p.client_id, min(coalesce(p.drawn_on, p.signed_on)) as drawn,
                            min((p.created_at at time zone 'Europe/Helsinki')::date) as begun
                       from app.plan p where p.kind = 'integration' and p.removed_at is null
                      group by p.client_id) p on p.client_id = c.id
    ),
    duty as (
        select v.rule, v.section, v.ends_with_period, x.phase, x.period_end, b.superseded_on,
               least((b.day + make_interval(months => v.months, days => v.days))::date,
                     case when v.earlier then b.agreed end) as due,
               case v.done_if when 'assessment_started' then x.started when 'plan_drawn' then x.drawn
                              when 'drafting_started' then x.drafting else b.done end as done_on
          from version v
          join mark k on k.mark = v.chosen_by and k.day between v.from_on and v.until_on
          join mark b on b.client_id = k.client_id and b.mark = v.counts_from and (b.mark <> k.mark or b.day = k.day)
          join done x on x.id = b.client_id
         where not ('plan_not_needed' = any (v.not_if) and x.plan_needed is false)
           and not ('trafficking_victim' = any (v.not_if) and coalesce(x.trafficking_victim, false))
           and not ('employment_authority' = any (v.not_if) and x.responsible_authority = 'employment_authority')
           and (v.within_months is null or x.first_permit_on is null
                or b.day <= x.first_permit_on + make_interval(months => v.within_months))
    ),
    ended as (
        select d.rule, d.section, d.due, d.phase, coalesce(d.done_on, d.superseded_on) as done_on
          from duty d
         where d.due between first and last
           and not (d.superseded_on is not null and d.superseded_on <= d.due)
           and not (d.ends_with_period and coalesce(d.due > d.period_end, false))
    )
    select e.rule, e.section,
           case when e.done_on <= e.due then 'kept' when e.done_on is not null then 'late' else 'open' end
      from ended e
     where e.done_on is not null or (e.due < (select t.day from today t) and e.phase <> 'closed')
$$;

-- Referrals that were sent in a span of days, with the day of the first answer.
create or replace function access.sent_referrals(first date, last date)
returns table (client_id uuid, state text, receiver_kind text, decline_code text, outcome text, sent_on date, answered_on date)
language sql stable security definer set search_path = '' as $$
    select r.client_id, r.state, r.receiver_kind, r.decline_code, r.outcome, s.sent_on, s.answered_on
      from app.referral r
      join (select p.referral_id,
                   (min(p.at) filter (where p.becomes = 'sent') at time zone 'Europe/Helsinki')::date as sent_on,
                   (min(p.at) filter (where p.becomes in ('waiting', 'accepted', 'declined', 'started'))
                    at time zone 'Europe/Helsinki')::date as answered_on
              from app.referral_step p group by p.referral_id) s on s.referral_id = r.id
     where r.removed_at is null and s.sent_on between first and last
$$;

-- How many days clients waited: from the beginning to the first interview, plan and service, each reached in a span of
-- days, and from a referral to its answer.
create or replace function access.waits(first date, last date) returns table (what text, days integer)
language sql stable security definer set search_path = '' as $$
    with beginning as (
        select c.id, c.interviewed_on, least(c.assigned_on, (c.created_at at time zone 'Europe/Helsinki')::date) as day
          from app.client c where c.phase <> 'arriving'
    ),
    reached as (
        select b.id, b.day as since, 'interview' as what,
               least(b.interviewed_on, (select min(i.finished_on) from app.interview i
                                         where i.client_id = b.id and i.removed_at is null)) as on_day
          from beginning b
        union all
        select b.id, b.day, 'plan', (select min(coalesce(p.drawn_on, p.signed_on)) from app.plan p
                                      where p.client_id = b.id and p.kind = 'integration' and p.removed_at is null)
          from beginning b
        union all
        select b.id, b.day, 'service',
               least((select min(p.guided_on) from app.plan p
                       where p.client_id = b.id and p.kind = 'integration' and p.removed_at is null),
                     (select (min(s.at) at time zone 'Europe/Helsinki')::date from app.referral_step s
                       where s.client_id = b.id and s.becomes = 'started'))
          from beginning b
    )
    select r.what, r.on_day - r.since from reached r where r.on_day between first and last and r.on_day >= r.since
    union all
    select 'answer', s.answered_on - s.sent_on from access.sent_referrals(first, last) s
     where s.answered_on >= s.sent_on
$$;

-- One thing that is counted, a row for each: of which report, in which group of it, in which cell.
create or replace function access.counted(first date, last date, rules jsonb)
returns table (report text, part text, cell text, minutes integer)
language sql stable security definer set search_path = '' as $$
    select 'duties', d.rule || ' ' || d.section, d.outcome, 0 from access.duties(first, last, rules) d
    union all select 'clients', 'language', coalesce(c.service_language, ''), 0 from app.client c
     where c.phase not in ('arriving', 'closed')
    union all select 'clients', 'phase', c.phase, 0 from app.client c where c.phase <> 'closed'
    union all select 'clients', 'ground', coalesce(d.ground_of_entry, ''), 0
      from app.client c left join app.client_detail d on d.client_id = c.id
     where c.phase <> 'arriving' and coalesce(c.assigned_on, (c.created_at at time zone 'Europe/Helsinki')::date)
           between first and last
    union all select 'clients', 'moved', case when s.closed_on is not null then 'ended' end, 0
      from app.client_status s where s.closed_on between first and last
    union all select 'work', 'events', e.kind, 0 from app.event e
     where (e.occurred_at at time zone 'Europe/Helsinki')::date between first and last
       and e.kind in ('contact', 'no_show', 'interview', 'plan', 'review', 'service', 'decision')
       and not exists (select from app.event w where w.refers_to = e.id and w.kind = 'withdrawal')
    union all select 'work', 'appointments', coalesce(p.attendance, 'not_told'), 0
      from app.appointment_client p join app.appointment a on a.id = p.appointment_id
     where p.removed_at is null and a.cancelled_at is null and a.ends_at < clock_timestamp()
       and (a.starts_at at time zone 'Europe/Helsinki')::date between first and last
    union all select 'referrals', 'state', s.state, 0 from access.sent_referrals(first, last) s
    union all select 'referrals', 'receiver', s.receiver_kind, 0 from access.sent_referrals(first, last) s
    union all select 'referrals', 'declined', s.decline_code, 0 from access.sent_referrals(first, last) s
     where s.decline_code is not null
    union all select 'referrals', 'outcome', s.outcome, 0 from access.sent_referrals(first, last) s
     where s.outcome is not null
    union all select 'guidance', g.part, g.cell, e.minutes
      from app.guidance_entry e
     cross join lateral (values ('topic', e.topic), ('asker', e.asker), ('language', e.language)) g (part, cell)
     where e.removed_at is null and e.given_on between first and last
$$;

-- The reports of a span of days. A cell of '' with `total` is the sum of its group. A null count is under five, or
-- hidden so that one under five cannot be worked out from the sum. `share` of a group of duties is how many of a
-- hundred were kept, rounded down to tens; it is told where ten of a hundred are at least five.
create or replace function api.team_report(first date, last date, rules jsonb)
returns table (report text, part text, cell text, total boolean, many integer, minutes integer, share integer)
language sql stable security definer set search_path = '' as $$
    with cells as (
        select c.report, c.part, c.cell, count(*)::integer as many, sum(c.minutes)::integer as minutes
          from access.counted(first, last, rules) c
         where (access.is_counsellor() or access.is_lead()) and c.cell is not null
         group by c.report, c.part, c.cell
    ),
    ranked as (
        select x.*, count(*) filter (where x.many < 5) over w as small, sum(x.many) filter (where x.many < 5) over w as small_sum,
               row_number() over (partition by x.report, x.part, x.many < 5 order by x.many, x.cell) as place
          from cells x window w as (partition by x.report, x.part)
    ),
    shown as (
        select r.*, r.many >= 5 and not (r.small > 0 and (r.small = 1 or r.small_sum < 5) and r.place = 1) as clear
          from ranked r
    )
    select s.report, s.part, s.cell, false, case when s.clear then s.many end, case when s.clear then s.minutes end, null::integer
      from shown s
    union all
    select s.report, s.part, '', true, case when sum(s.many) >= 5 then sum(s.many)::integer end,
           case when sum(s.many) >= 5 then sum(s.minutes)::integer end,
           case when s.report = 'duties' and sum(s.many) >= 50
                then (coalesce(sum(s.many) filter (where s.cell = 'kept'), 0) * 10 / sum(s.many))::integer * 10 end
      from shown s group by s.report, s.part
$$;

-- How long clients waited, in days: the middle of them, and the longest of nine in ten where that tells of nobody.
create or replace function api.team_waits(first date, last date)
returns table (what text, many integer, middle integer, most integer)
language sql stable security definer set search_path = '' as $$
    select w.what, count(*)::integer,
           percentile_disc(0.5) within group (order by w.days)::integer,
           case when count(*) >= 50 then percentile_disc(0.9) within group (order by w.days)::integer end
      from access.waits(first, last) w
     where access.is_counsellor() or access.is_lead()
     group by w.what
    having count(*) >= 5
$$;
revoke all on all functions in schema access from public;
revoke all on function api.team_report(date, date, jsonb), api.team_waits(date, date) from public;
grant execute on function api.team_report(date, date, jsonb), api.team_waits(date, date) to kotoutus_counsellor, kotoutus_lead;
