-- Who did a step of settling in, and who found an answer right, is the person who says so.
create or replace function access.mark_done_by() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    if new.done_on is distinct from old.done_on then
        new.done_by := case when new.done_on is not null then session_user end;
    end if;
    return new;
end $$;
create or replace trigger c_done before update on app.company_step
    for each row execute function access.mark_done_by();

create or replace function access.mark_checked_by() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    if tg_op = 'INSERT' or new.checked_on is distinct from old.checked_on then
        new.checked_by := session_user;
    end if;
    return new;
end $$;
create or replace trigger c_checked before insert or update on app.answer_snippet
    for each row execute function access.mark_checked_by();

-- Which services the team's clients need, in which language: counts alone, and none that tells of few people.

-- The closed list of service classes, with the words by which a service or a measure of a plan belongs to one.
create or replace function access.service_classes() returns table (code text, words text)
language sql immutable security definer set search_path = '' as $$
    values
        ('language_course', 'kielikur|kielikoul|kielikahv|kielen|kielitai|kotoutumiskoul|luku- ja kirj|lukutai|språkkur|svenska|integrationsutb|language|finnish|literacy'),
        ('work', '(^|[ ,])työ|palkkatu|rekryt|mentor|jobb|arbet|yrittä|företag|work|job |entrepren'),
        ('studies', 'opinto|opisk|perusop|tutkin|lukio|ammattikoul|aikuiskoul|studie|examen|grundläggande utb|degree|studies|education'),
        ('housing', 'asun|asumi|vuokra|bosta|boende|housing'),
        ('benefits', 'etuu|toimeentul|asumistu|lapsilis|perusturv|kela|utkomst|bidrag|benefit|allowance|assistance'),
        ('health_social', 'tervey|neuvola|mielenter|hammas|lääkär|sosiaali|vamma|hälso|vård|social|health|clinic|dental'),
        ('family_school', 'perhe|perhei|lapsi|lapset|lasten|päiväko|päivähoi|varhaiskas|koulu(?!tus)|familj|barn|skola|dagvård|famil|child|school'),
        ('permits', 'oleskelu|kansalaisuu|oikeusap|lakin|lakim|uppehåll|medborgarsk|rättshj|permit|citizenship|legal'),
        ('orientation', 'yhteiskuntaor|neuvont|palveluohj|samhällsor|rådgiv|handledn|orientation|guidance|advice'),
        ('leisure', 'harrast|liikun|kerho|kahvila|vapaaehtoi|ystävä|kirjasto|fritid|hobby|idrott|bibliotek|library|volunteer'),
        ('interpreting', 'tulk|tolk|interpret')
$$;

create or replace function api.service_classes() returns table (code text, words text)
language sql stable security definer set search_path = '' as $$
    select k.code, k.words from access.service_classes() k
     where access.is_counsellor() or access.is_lead()
$$;

-- Clients by language and class of what is open in their latest plan; interpreting for all who need an interpreter.
-- A null count is under five, or hidden so that one under five cannot be worked out from the sum of its class.
create or replace function api.client_need() returns table (language text, class text, clients integer)
language sql stable security definer set search_path = '' as $$
    with needed as (
        select c.id, c.service_language, k.code
          from app.client c
          join lateral (
            select p.id from app.plan p
             where p.client_id = c.id and p.kind = 'integration' and p.removed_at is null and p.drawn_on is not null
             order by p.number desc limit 1
          ) plan on true
          join app.plan_measure m on m.plan_id = plan.id and m.removed_at is null and m.state in ('planned', 'under_way')
          join access.service_classes() k on lower(m.title) ~ k.words
         where (access.is_counsellor() or access.is_lead()) and c.phase <> 'closed' and c.service_language is not null
        union
        select c.id, c.service_language, 'interpreting'
          from app.client c
         where (access.is_counsellor() or access.is_lead()) and c.phase <> 'closed' and c.service_language is not null
           and c.interpreter_needed
    ),
    counted as (
        select n.service_language, n.code, count(*)::integer as many from needed n group by n.service_language, n.code
    ),
    ranked as (
        select x.service_language, x.code, x.many,
               count(*) filter (where x.many < 5) over (partition by x.code) as small,
               sum(x.many) filter (where x.many < 5) over (partition by x.code) as small_sum,
               row_number() over (partition by x.code, x.many < 5 order by x.many, x.service_language) as place
          from counted x
    )
    select r.service_language, r.code,
           case when r.many >= 5 and not (r.small > 0 and (r.small = 1 or r.small_sum < 5) and r.place = 1)
                then r.many end
      from ranked r
$$;
revoke all on all functions in schema access from public;
revoke all on function api.service_classes(), api.client_need() from public;
grant execute on function api.service_classes(), api.client_need() to kotoutus_counsellor, kotoutus_lead;
