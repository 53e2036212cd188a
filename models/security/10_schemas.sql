-- Schemas and who may look into them. app: tables, access: rules used by policies, api: commands, audit: the log.
create schema if not exists access;
create schema if not exists api;
revoke all on schema app, access, api, audit, ext from public;
grant usage on schema app, access, api, audit, ext
    to kotoutus_counsellor, kotoutus_lead, kotoutus_admin, kotoutus_auditor, kotoutus_sealer;
alter default privileges for role kotoutus_owner revoke execute on functions from public;
alter default privileges for role kotoutus_owner revoke all on tables from public;
