-- A message changes four times on its way out. What changes neither an index nor what an index is limited to is written
-- beside the old row, if the page has room, and no index is touched.
DROP INDEX "messages_due";--> statement-breakpoint
DROP INDEX "messages_open";--> statement-breakpoint
DROP INDEX "messages_sent";--> statement-breakpoint
DROP INDEX "messages_unknown";--> statement-breakpoint
DROP INDEX "messages_paused";--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "is_open" boolean GENERATED ALWAYS AS (status in ('claimed','handed-over','unsettled')) STORED;--> statement-breakpoint
CREATE INDEX "messages_due" ON "messages" USING btree ("due_at","shop_id") WHERE due_at is not null;--> statement-breakpoint
CREATE INDEX "messages_open" ON "messages" USING btree ("shop_id","claimed_at") WHERE is_open;--> statement-breakpoint
CREATE INDEX "messages_sent" ON "messages" USING btree ("shop_id","sent_at") WHERE sent_at is not null;--> statement-breakpoint
CREATE INDEX "messages_unknown" ON "messages" USING btree ("shop_id") WHERE reason = 'outcome-unknown';--> statement-breakpoint
CREATE INDEX "messages_paused" ON "messages" USING btree ("shop_id") WHERE reason = 'provider-paused';--> statement-breakpoint
-- By hand from here: room for the next version of most rows of a page.
ALTER TABLE messages SET (fillfactor = 60);
--> statement-breakpoint
-- As in 0011, but what neither was nor is sent, which is most of what changes, is passed over without sorting it.
CREATE OR REPLACE FUNCTION counted_of_messages() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO daily_counts (shop_id, day, scenario, email, what, amount)
    SELECT shop_id, (sent_at AT TIME ZONE 'UTC')::date, scenario, email, what, count(*)
    FROM new_rows CROSS JOIN LATERAL (VALUES ('sent', true), ('clicked', clicked_at IS NOT NULL)) w(what, counts)
    WHERE sent_at IS NOT NULL AND counts GROUP BY 1, 2, 3, 4, 5;
  ELSIF EXISTS (SELECT FROM new_rows WHERE sent_at IS NOT NULL) OR EXISTS (SELECT FROM old_rows WHERE sent_at IS NOT NULL) THEN
    INSERT INTO daily_counts (shop_id, day, scenario, email, what, amount)
    SELECT shop_id, (sent_at AT TIME ZONE 'UTC')::date, scenario, email, what, sum(one)
    FROM (SELECT shop_id, sent_at, clicked_at, scenario, email, 1 AS one FROM new_rows
      UNION ALL SELECT shop_id, sent_at, clicked_at, scenario, email, -1 FROM old_rows) r
    CROSS JOIN LATERAL (VALUES ('sent', true), ('clicked', clicked_at IS NOT NULL)) w(what, counts)
    WHERE sent_at IS NOT NULL AND counts GROUP BY 1, 2, 3, 4, 5 HAVING sum(one) <> 0;
  END IF;
  RETURN NULL;
END $$;
