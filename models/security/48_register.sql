-- What waits to be entered in the national register (section 74 of the Act, decree 874/2024).

-- Assessments, plans and reviews that are ready, each with a digest of what is entered of it.
create or replace function access.register_subjects(clients uuid[])
returns table (client_id uuid, subject text, subject_id uuid, stamp text)
language sql stable security definer set search_path = '' as $$
    select i.client_id, 'assessment', i.id, md5(jsonb_build_array(i.held_on, i.finished_on, (
               select jsonb_agg(jsonb_build_array(t.item, t.answer, t.source) order by t.item)
                 from app.interview_item t where t.interview_id = i.id))::text)
      from app.interview i
     where i.client_id = any (clients) and i.finished_on is not null and i.removed_at is null
    union all
    select p.client_id, 'plan', p.id, md5(jsonb_build_array(
               p.drawn_on, p.starts_on, p.ends_on, p.next_review_on, p.own_words, p.parties, (
               select jsonb_agg(jsonb_build_array(g.term, g.goal) order by g.id)
                 from app.plan_goal g where g.plan_id = p.id and g.removed_at is null), (
               select jsonb_agg(jsonb_build_array(m.kind, m.title, m.justification, m.provider, m.starts_on, m.ends_on)
                                order by m.id)
                 from app.plan_measure m where m.plan_id = p.id and m.removed_at is null))::text)
      from app.plan p
     where p.client_id = any (clients) and p.kind = 'integration' and p.drawn_on is not null and p.removed_at is null
    union all
    select r.client_id, 'review', r.id, md5(jsonb_build_array(
               r.held_on, r.participation, r.progress, r.obstacles, r.changes, r.next_review_on)::text)
      from app.plan_review r
     where r.client_id = any (clients) and r.removed_at is null
$$;

create or replace function api.register_stamps(client uuid)
returns table (subject text, subject_id uuid, stamp text)
language sql stable security definer set search_path = '' as $$
    select s.subject, s.subject_id, s.stamp
      from access.register_subjects(array(select o from access.opened() o where o = client)) s
$$;

-- How many of each kind wait, of clients this person may list: no opening, no content. The mark of the field `whole`
-- holds the digest of what was confirmed. Clients of the employment authority are entered in its own system.
create or replace function api.register_queue()
returns table (client_id uuid, subject text, waiting integer, begun integer, changed integer)
language sql stable security definer set search_path = '' as $$
    with mine as materialized (
        select c.id from app.client c
         where c.responsible_authority = 'municipality'
           and ((c.own_counsellor = session_user and access.is_counsellor())
                or c.id = any (array(select access.listed())))),
    known as (
        select s.client_id, s.subject, s.stamp, w.digest as whole,
               exists (select from app.register_mark m where m.subject_id = s.subject_id) as marked
          from access.register_subjects(array(select mine.id from mine)) s
          left join app.register_mark w
                 on w.subject_id = s.subject_id and w.field = 'whole' and w.confirmed_on is not null)
    select k.client_id, k.subject,
           (count(*) filter (where k.whole is null and not k.marked))::integer,
           (count(*) filter (where k.whole is null and k.marked))::integer,
           (count(*) filter (where k.whole <> k.stamp))::integer
      from known k
     where k.whole is distinct from k.stamp
     group by k.client_id, k.subject
$$;

revoke all on all functions in schema access from public;
