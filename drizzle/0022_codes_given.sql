ALTER TABLE "codes" ADD COLUMN "given_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "codes" ADD COLUMN "use_counts" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "shows_code" boolean DEFAULT false NOT NULL;--> statement-breakpoint
-- By hand from here: a code counts (0011) on the day the first e-mail that shows it was sent, not when it was made; an order
-- that used the same fixed code of several scenarios counts for one of them. First what is known already, uncounted:
-- forced row-level security would hide every row.
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['codes', 'messages', 'attributions', 'daily_counts'] LOOP
    EXECUTE format('ALTER TABLE %I NO FORCE ROW LEVEL SECURITY', t);
  END LOOP;
END $$;
--> statement-breakpoint
DROP TRIGGER count_inserted ON codes;
--> statement-breakpoint
DROP TRIGGER count_updated ON codes;
--> statement-breakpoint
ALTER TABLE messages DISABLE TRIGGER count_updated;
--> statement-breakpoint
UPDATE messages m SET shows_code = true FROM codes c
WHERE c.shop_id = m.shop_id AND c.enrollment_id = m.enrollment_id AND m.sent_at >= c.ready_at;
--> statement-breakpoint
ALTER TABLE messages ENABLE TRIGGER count_updated;
--> statement-breakpoint
UPDATE codes c SET given_at = m.sent_at
FROM (SELECT shop_id, enrollment_id, min(sent_at) AS sent_at FROM messages WHERE shows_code GROUP BY 1, 2) m
WHERE m.shop_id = c.shop_id AND m.enrollment_id = c.enrollment_id;
--> statement-breakpoint
UPDATE codes c SET use_counts = true
FROM (
  SELECT DISTINCT ON (c.shop_id, c.used_order_id, upper(c.code)) c.shop_id, c.enrollment_id
  FROM codes c LEFT JOIN attributions a ON a.shop_id = c.shop_id AND a.order_id = c.used_order_id
  WHERE c.used_order_id IS NOT NULL
  ORDER BY c.shop_id, c.used_order_id, upper(c.code), c.given_at IS NULL, c.scenario IS DISTINCT FROM a.scenario,
    c.ready_at DESC, c.enrollment_id DESC) one
WHERE one.shop_id = c.shop_id AND one.enrollment_id = c.enrollment_id;
--> statement-breakpoint
DELETE FROM daily_counts WHERE what IN ('codes', 'codesUsed');
--> statement-breakpoint
INSERT INTO daily_counts (shop_id, day, scenario, what, amount, loose)
SELECT shop_id, (given_at AT TIME ZONE 'UTC')::date, scenario, what, count(*), false
FROM codes CROSS JOIN LATERAL (VALUES ('codes', true), ('codesUsed', use_counts)) w(what, counts)
WHERE given_at IS NOT NULL AND counts GROUP BY 1, 2, 3, 4;
--> statement-breakpoint
CREATE INDEX "codes_used" ON "codes" USING btree ("shop_id","used_order_id") WHERE used_order_id is not null;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION counted_of_codes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO daily_counts (shop_id, day, scenario, what, amount)
    SELECT shop_id, (given_at AT TIME ZONE 'UTC')::date, scenario, what, count(*)
    FROM new_rows CROSS JOIN LATERAL (VALUES ('codes', true), ('codesUsed', use_counts)) w(what, counts)
    WHERE given_at IS NOT NULL AND counts GROUP BY 1, 2, 3, 4;
  ELSE
    INSERT INTO daily_counts (shop_id, day, scenario, what, amount)
    SELECT shop_id, (given_at AT TIME ZONE 'UTC')::date, scenario, what, sum(one)
    FROM (SELECT shop_id, given_at, use_counts, scenario, 1 AS one FROM new_rows
      UNION ALL SELECT shop_id, given_at, use_counts, scenario, -1 FROM old_rows) r
    CROSS JOIN LATERAL (VALUES ('codes', true), ('codesUsed', use_counts)) w(what, counts)
    WHERE given_at IS NOT NULL AND counts GROUP BY 1, 2, 3, 4 HAVING sum(one) <> 0;
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER count_inserted AFTER INSERT ON codes REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION counted_of_codes();
--> statement-breakpoint
CREATE TRIGGER count_updated AFTER UPDATE ON codes REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION counted_of_codes();
--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['codes', 'messages', 'attributions', 'daily_counts'] LOOP
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
  END LOOP;
END $$;
--> statement-breakpoint
-- A click that turns out to be a machine's takes its attributions back: they count no more (0015).
CREATE OR REPLACE FUNCTION counted_of_attributions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- A change of the order under way is waited for, and seen by the next statement; a later one finds these rows as they are.
  IF TG_OP = 'DELETE' THEN
    PERFORM FROM (SELECT shop_id, order_id FROM old_rows ORDER BY order_id) a CROSS JOIN LATERAL
      (SELECT FROM orders o WHERE o.shop_id = a.shop_id AND o.id = a.order_id FOR SHARE) o;
    INSERT INTO daily_counts (shop_id, day, scenario, what, amount, money)
    SELECT a.shop_id, (a.ordered_at AT TIME ZONE 'UTC')::date, a.scenario, 'orders', -count(*), -sum(greatest(o.total - o.refunded, 0))
    FROM old_rows a JOIN orders o ON o.shop_id = a.shop_id AND o.id = a.order_id
    WHERE o.cancelled_at IS NULL AND o.deleted_at IS NULL GROUP BY 1, 2, 3;
    RETURN NULL;
  END IF;
  PERFORM FROM (SELECT shop_id, order_id FROM new_rows ORDER BY order_id) a CROSS JOIN LATERAL
    (SELECT FROM orders o WHERE o.shop_id = a.shop_id AND o.id = a.order_id FOR SHARE) o;
  IF TG_OP = 'INSERT' THEN
    INSERT INTO daily_counts (shop_id, day, scenario, what, amount, money)
    SELECT a.shop_id, (a.ordered_at AT TIME ZONE 'UTC')::date, a.scenario, 'orders', count(*), sum(greatest(o.total - o.refunded, 0))
    FROM new_rows a JOIN orders o ON o.shop_id = a.shop_id AND o.id = a.order_id
    WHERE o.cancelled_at IS NULL AND o.deleted_at IS NULL GROUP BY 1, 2, 3;
  ELSE
    INSERT INTO daily_counts (shop_id, day, scenario, what, amount, money)
    SELECT a.shop_id, (a.ordered_at AT TIME ZONE 'UTC')::date, a.scenario, 'orders', sum(one), sum(one * greatest(o.total - o.refunded, 0))
    FROM (SELECT shop_id, order_id, scenario, ordered_at, 1 AS one FROM new_rows
      UNION ALL SELECT shop_id, order_id, scenario, ordered_at, -1 FROM old_rows) a
    JOIN orders o ON o.shop_id = a.shop_id AND o.id = a.order_id
    WHERE o.cancelled_at IS NULL AND o.deleted_at IS NULL
    GROUP BY 1, 2, 3 HAVING sum(one) <> 0 OR sum(one * greatest(o.total - o.refunded, 0)) <> 0;
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER count_deleted AFTER DELETE ON attributions REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION counted_of_attributions();
