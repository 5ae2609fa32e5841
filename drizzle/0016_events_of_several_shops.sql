-- Deliveries of several shops are stored by one statement. Its transaction names those shops (set_config('relance.shop_ids', '1,2', true));
-- Postgres then takes and hands back events of exactly these. Unset: none. Every other table knows one shop at a time, as before.
CREATE FUNCTION current_shop_ids() RETURNS integer[] LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT string_to_array(NULLIF(current_setting('relance.shop_ids', true), ''), ',')::integer[] $$;
--> statement-breakpoint
-- The list is read once per statement, not once per row.
CREATE POLICY several_shops_add ON inbound_events FOR INSERT WITH CHECK (shop_id = ANY ((SELECT current_shop_ids())::integer[]));
--> statement-breakpoint
CREATE POLICY several_shops_see ON inbound_events FOR SELECT USING (shop_id = ANY ((SELECT current_shop_ids())::integer[]));
