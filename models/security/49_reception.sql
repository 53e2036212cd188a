-- What is done in a reception is told on the timelines of those it is about.

-- Tells it on every client's timeline, also on another counsellor's: those who take part in a reception do it for
-- the whole household, and nothing of the client is read. A step that this person marked as done becomes an entry
-- `said`; one that is open again takes its entries back, with `said` as the reason. The entries bear the step's id
-- as their operation, so that each step is told once. With `everybody` it is told of the whole household.
create or replace function api.tell_reception(step uuid, said text, everybody boolean) returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare s app.reception_step; many integer;
begin
    select * into s from app.reception_step r
     where r.id = step and r.arrival_id = any (array(select access.arrivals())) for update;
    if not found then
        raise exception 'no such step' using errcode = 'insufficient_privilege';
    end if;
    if s.done_on is null or s.removed_at is not null then
        insert into app.event (client_id, kind, occurred_at, body, reason, refers_to, operation_id)
        select e.client_id, 'withdrawal', clock_timestamp(), left(said, 200), left(said, 200), e.id, step
          from app.event e
         where e.operation_id = step and e.kind = 'reception'
           and not exists (select from app.event w where w.refers_to = e.id and w.kind = 'withdrawal');
    elsif s.done_by is distinct from session_user then
        raise exception 'somebody else did it' using errcode = 'insufficient_privilege';
    else
        insert into app.event (client_id, kind, occurred_at, body, operation_id)
        select p.client_id, 'reception',
               least(clock_timestamp(), (s.done_on + time '12:00') at time zone 'Europe/Helsinki'),
               left(said, 200), step
          from app.arrival_person p
         where p.arrival_id = s.arrival_id and p.removed_at is null and (everybody or p.client_id = s.client_id)
           and not exists (
               select from app.event e
                where e.operation_id = step and e.client_id = p.client_id and e.kind = 'reception'
                  and not exists (select from app.event w where w.refers_to = e.id and w.kind = 'withdrawal'));
    end if;
    get diagnostics many = row_count;
    return many;
end $$;
