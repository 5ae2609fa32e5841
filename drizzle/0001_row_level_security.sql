-- Roles, grants and row-level security. Written by hand; every later table with a shop_id gets the same
-- treatment in its own migration (a test holds this).
--
-- relance_owner runs migrations and owns the tables, relance_app serves the web, relance_worker runs the queue.
-- None is a superuser, and row-level security is forced on all three.

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'relance_app') THEN CREATE ROLE relance_app NOLOGIN; END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'relance_worker') THEN CREATE ROLE relance_worker NOLOGIN; END IF;
END $$;
--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO relance_app, relance_worker;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO relance_app, relance_worker;
--> statement-breakpoint
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO relance_app, relance_worker;
--> statement-breakpoint
-- The shop a transaction speaks for, set by set_config('relance.shop_id', …, true). Unset: no row at all.
CREATE FUNCTION current_shop_id() RETURNS integer LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT NULLIF(current_setting('relance.shop_id', true), '')::integer $$;
--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY[
    'shops', 'inbound_events', 'customers', 'products', 'variants', 'orders', 'order_lines', 'refunds', 'checkouts',
    'scenario_settings', 'scenario_versions', 'enrollments', 'messages', 'decisions', 'clicks', 'attributions', 'imports'
  ] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY one_shop ON %I USING (shop_id = current_shop_id()) WITH CHECK (shop_id = current_shop_id())', t);
  END LOOP;
END $$;
--> statement-breakpoint
-- The worker must see which shops have something due before it can speak for one of them. Reading only.
CREATE POLICY worker_finds_due ON enrollments FOR SELECT TO relance_worker USING (status = 'active' AND due_at IS NOT NULL);
--> statement-breakpoint
CREATE POLICY worker_finds_due ON messages FOR SELECT TO relance_worker
  USING (status IN ('planned', 'claimed', 'handed-over', 'unsettled'));
--> statement-breakpoint
CREATE POLICY worker_finds_open ON inbound_events FOR SELECT TO relance_worker USING (processed_at IS NULL);
--> statement-breakpoint
CREATE POLICY worker_finds_shops ON shops FOR SELECT TO relance_worker USING (uninstalled_at IS NULL);
--> statement-breakpoint
CREATE POLICY worker_finds_imports ON imports FOR SELECT TO relance_worker USING (status <> 'done');
