-- Finding a client by any spelling. The program brings the typed name as units (see name_keys), the database
-- finds the names that hold similar words, the program ranks them. Every search leaves an entry in the log.

-- search_word holds each unit once, however its names were written; a word goes with the last name that has it.
create or replace function access.keep_search_words() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    if tg_op = 'INSERT' then
        insert into app.search_word (unit) select distinct n.skeleton from changed n on conflict do nothing;
    else
        delete from app.search_word w
         where w.unit in (select c.skeleton from changed c)
           and not exists (select from app.client_skeleton s where s.skeleton = w.unit);
    end if;
    return null;
end $$;
create or replace trigger a_words_in after insert on app.client_skeleton
    referencing new table as changed for each statement execute function access.keep_search_words();
create or replace trigger a_words_out after delete on app.client_skeleton
    referencing old table as changed for each statement execute function access.keep_search_words();

-- The year of birth that narrows a search is that of the client's birth date, whoever sets either.
create or replace function access.take_birth_year() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    new.birth_year := (select extract(year from d.birth_date) from app.client_detail d where d.client_id = new.client_id);
    return new;
end $$;
create or replace trigger a_birth_year before insert or update on app.client_search_key
    for each row execute function access.take_birth_year();

create or replace function access.give_birth_year() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    update app.client_search_key k set birth_year = extract(year from new.birth_date) where k.client_id = new.client_id;
    return null;
end $$;
create or replace trigger d_birth_year after update of birth_date on app.client_detail
    for each row when (new.birth_date is distinct from old.birth_date) execute function access.give_birth_year();
revoke all on function access.keep_search_words(), access.take_birth_year(), access.give_birth_year() from public;

-- Words like those typed, each with how close it is (1: the same). A typed word or run of words is a unit;
-- a place of the typed text takes every unit that covers it.
-- The planner must go through the indexes: it cannot know that a word is like thirty others, not like all.
create or replace function access.similar_words(units jsonb)
returns table (place integer, unit text, score double precision)
language sql stable security definer set search_path = '' set enable_seqscan = off as $$
    select at.place, f.unit, max(f.score)
      from (select u.fold, string_to_array(u.sounds, ' ') as sounds, string_to_array(u.kin, ' ') as kin,
                   u.start, u.size, u.near
              from jsonb_to_recordset(units)
                as u (fold text, sounds text, kin text, start integer, size integer, near integer)) t
     cross join lateral (
         (select w.unit, ext.similarity(w.word, t.fold)::double precision as score
            from app.search_word w where t.near > 0
           order by w.word operator(ext.<->) t.fold limit t.near)
         union all
         (select w.unit, 0.5 + 0.5 * ext.similarity(w.word, t.fold)
            from app.search_word w where w.codes && t.sounds)
         union all
         (select w.unit, 0.9 from app.search_word w where w.codes && t.kin)
         union all
         (select w.unit, case when w.word = t.fold then 1.0
                              else 0.8 + 0.1 * char_length(t.fold) / char_length(w.word) end
            from app.search_word w
           where t.size = 1 and w.word ~>=~ t.fold and w.word ~<~ (t.fold || '~'))) f
     cross join lateral generate_series(t.start, t.start + t.size - 1) as at (place)
     group by at.place, f.unit
$$;

-- Names with words like those typed, best first. What is far from the best is noise.
create or replace function access.similar_names(units jsonb)
returns table (name_id uuid, closeness double precision)
language sql stable security definer set search_path = ''
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
    with named as (
        -- One pass instead of a grouping by name and place; a fifth word and later ones count as one.
        select s.name_id,
               coalesce(max(f.score) filter (where f.place = 0), 0) + coalesce(max(f.score) filter (where f.place = 1), 0)
               + coalesce(max(f.score) filter (where f.place = 2), 0) + coalesce(max(f.score) filter (where f.place = 3), 0)
               + coalesce(max(f.score) filter (where f.place > 3), 0)
               -- Mostafa Mostafa is nearer to Mustafa Mistefa than to any other one Mustafa.
               - case when min(f.unit) = max(f.unit) and min(f.place) = 0 and max(f.place) = 1 then 0.5 else 0 end
                 as closeness
          from access.similar_words(units) f
          join app.client_skeleton s on s.skeleton = f.unit
         group by s.name_id
         order by closeness desc, s.name_id
         limit 200)
    select n.name_id, n.closeness
      from (select named.*, row_number() over best_first as place, max(closeness) over () as best
              from named window best_first as (order by closeness desc, name_id)) n
     where n.closeness >= n.best / 2 or n.place <= 100 and n.closeness >= n.best * 0.3
     order by n.place
$$;

-- The same among people of one year of birth. Protected people of other counsellors are not among them:
-- whether they were found would tell their year.
create or replace function access.similar_names_of_year(units jsonb, born integer)
returns table (name_id uuid, closeness double precision)
language sql stable security definer set search_path = '' set enable_seqscan = off as $$
    select s.name_id, sum(s.score) as closeness
      from (select n.name_id, f.place, max(f.score) as score
              from app.client_search_key k
              join app.client c on c.id = k.client_id
              join app.client_skeleton n on n.name_id = k.name_id
              join access.similar_words(units) f on f.unit = n.skeleton
             where (k.birth_year = born or k.birth_year is null)
               and (not c.protected or c.own_counsellor = session_user)
             group by n.name_id, f.place) s
     group by s.name_id
     order by closeness desc, s.name_id
     limit 200
$$;

-- What a person may see of clients found: of own clients (the lead: of all) also phase, birth date and
-- municipality; of another's client the name and its counsellor. Of a protected person never the municipality,
-- and to others neither the birth date nor a former name.
create or replace function access.found_clients(names uuid[], born integer, born_on date, lead boolean)
returns jsonb language sql stable security definer set search_path = '' as $$
    select coalesce(jsonb_agg(jsonb_build_object(
               'client', c.id, 'number', c.external_id, 'name', c.name, 'kind', n.kind, 'given', n.given,
               'family', n.family, 'patronymic', n.patronymic, 'counsellor', c.own_counsellor,
               'counsellor_name', s.name, 'own', own, 'protected', c.protected and listed,
               'born_fits', coalesce(y.birth_year = born, false),
               'phase', case when listed then c.phase end,
               'birth_date', case when own or listed and not c.protected then d.birth_date end,
               'municipality', case when listed and not c.protected then k.municipality end)
           order by place), '[]')
      from unnest(names) with ordinality as wanted (id, place)
      join app.client_name n on n.id = wanted.id and n.removed_at is null
      join app.client c on c.id = n.client_id
      left join app.client_search_key y on y.name_id = n.id
      left join app.staff s on s.login = c.own_counsellor
      left join app.client_detail d on d.client_id = c.id
      left join app.client_contact k on k.client_id = c.id
     cross join lateral (select coalesce(c.own_counsellor = session_user, false) as own) o
     cross join lateral (
         select lead or own or c.own_counsellor in (select access.stands_in_for()) as listed) l
     where not exists (select from app.conflict_block b where b.client_id = c.id and b.login = session_user)
       and (n.kind = 'passport' or own or not c.protected)
       and (born_on is null or d.birth_date is null or d.birth_date = born_on
            or not (own or listed and not c.protected))
$$;

-- Says that a search begins. Must be committed before search_candidates answers, and holds for ten minutes, so that
-- a search rolled back has left its trace all the same.
create or replace function api.begin_search() returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
    if not (access.is_lead() or access.is_counsellor()) then
        raise exception 'not for this role' using errcode = 'insufficient_privilege';
    end if;
    perform access.note_use('search', 'begun', null, null, null);
end $$;

create or replace function access.may_search() returns boolean
language sql stable security definer set search_path = '' as $$
    select exists (
        select from audit.log_entry e
         where e.login = session_user and e.at > clock_timestamp() - interval '10 minutes'
           and e.action = 'search' and e.subject = 'begun'
           and e.transaction is distinct from pg_current_xact_id_if_assigned()::text)
$$;

-- The one search: {"kind": "name", "units": [...], "born": 1987, "born_on": "1987-01-24"} or
-- {"kind": "personal_id" | "phone" | "number" | "birth_date", "exact": "..."}; "purpose" is "search" or "duplicates".
-- The log keeps the kind and how many names were shown, not what was typed. Null when no committed begin_search stands.
create or replace function api.search_candidates(request jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    sought constant text := request ->> 'kind';
    lead constant boolean := access.is_lead();
    names uuid[];
    shown jsonb;
begin
    if not (lead or access.is_counsellor()) then
        raise exception 'not for this role' using errcode = 'insufficient_privilege';
    end if;
    if not access.may_search() then
        return null;
    end if;
    if sought = 'name' and request ? 'born' then
        names := array(select s.name_id
                         from access.similar_names_of_year(request -> 'units', (request ->> 'born')::integer) s);
    elsif sought = 'name' then
        names := array(select s.name_id from access.similar_names(request -> 'units') s);
    else
        names := array(select n.id from app.client_name n
                        where n.client_id = any (access.exactly(sought, request ->> 'exact', lead))
                          and n.kind = 'passport' and n.removed_at is null limit 200);
    end if;
    shown := access.found_clients(names, (request ->> 'born')::integer, (request ->> 'born_on')::date, lead);
    -- A crash may lose the entries of the last half second: a search waits for no disk, since it is typed.
    perform set_config('synchronous_commit', 'off', true);
    perform access.note_use(case when request ->> 'purpose' = 'duplicates' then 'duplicates' else 'search' end,
                            sought, null, null, jsonb_array_length(shown));
    return shown;
end $$;

-- Clients with exactly this identity code, number, end of a telephone number, or (where one may see it) birth date.
create or replace function access.exactly(kind text, exact text, lead boolean) returns uuid[]
language plpgsql stable security definer set search_path = '' as $$
begin
    case kind
        when 'personal_id' then
            return array(select i.client_id from app.client_identity i where i.personal_id = exact);
        when 'number' then
            return array(select c.id from app.client c where c.external_id = exact);
        when 'phone' then
            return array(select k.client_id from app.client_phone_key k
                          where char_length(exact) >= 5 and right(k.digits, char_length(exact)) = exact);
        when 'birth_date' then
            return array(select c.id from app.client c join app.client_detail d on d.client_id = c.id
                          where d.birth_date = exact::date
                            and (c.own_counsellor = session_user or lead and not c.protected));
        else
            raise exception 'unknown kind of search' using errcode = 'check_violation';
    end case;
end $$;

revoke all on function
    access.similar_words(jsonb), access.similar_names(jsonb), access.similar_names_of_year(jsonb, integer),
    access.found_clients(uuid[], integer, date, boolean),
    access.exactly(text, text, boolean), access.may_search(), api.begin_search(), api.search_candidates(jsonb) from public;
grant execute on function api.begin_search(), api.search_candidates(jsonb) to kotoutus_counsellor, kotoutus_lead;
