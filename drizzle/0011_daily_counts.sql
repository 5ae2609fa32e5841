CREATE TABLE "audience_counts" (
	"shop_id" integer NOT NULL,
	"scenario" text NOT NULL,
	"counted_at" timestamp with time zone NOT NULL,
	"rules" text NOT NULL,
	"counts" jsonb NOT NULL,
	"asked_at" timestamp with time zone,
	CONSTRAINT "audience_counts_shop_id_scenario_pk" PRIMARY KEY("shop_id","scenario")
);
--> statement-breakpoint
CREATE TABLE "daily_counts" (
	"shop_id" integer NOT NULL,
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "daily_counts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"day" date NOT NULL,
	"scenario" text NOT NULL,
	"email" text DEFAULT '' NOT NULL,
	"what" text NOT NULL,
	"reason" text,
	"facts" jsonb,
	"latest_at" timestamp with time zone,
	"amount" integer NOT NULL,
	"loose" boolean DEFAULT true NOT NULL,
	CONSTRAINT "daily_counts_shop_id_id_pk" PRIMARY KEY("shop_id","id")
);
--> statement-breakpoint
CREATE INDEX "daily_counts_day" ON "daily_counts" USING btree ("shop_id","day");--> statement-breakpoint
CREATE INDEX "daily_counts_loose" ON "daily_counts" USING btree ("shop_id") WHERE loose;--> statement-breakpoint
CREATE INDEX "decisions_paused" ON "decisions" USING btree ("shop_id","message_id") WHERE reason = 'provider-paused';--> statement-breakpoint
CREATE INDEX "messages_unknown" ON "messages" USING btree ("shop_id","handed_over_at") WHERE status = 'unknown';--> statement-breakpoint
CREATE INDEX "messages_paused" ON "messages" USING btree ("shop_id") WHERE status = 'planned' and reason = 'provider-paused';--> statement-breakpoint
-- By hand from here: who counts, what is counted already, and row-level security of the new tables, as in 0001.
--
-- Each statement adds what it changed, taking off what the rows told before it: rows that are only added never make two
-- senders wait for each other. Nothing is taken off for deleted rows: they go with their shop, and its counts with them;
-- a code is deleted only while it was not given.
CREATE FUNCTION counted_of_messages() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO daily_counts (shop_id, day, scenario, email, what, amount)
    SELECT shop_id, (sent_at AT TIME ZONE 'UTC')::date, scenario, email, what, count(*)
    FROM new_rows CROSS JOIN LATERAL (VALUES ('sent', true), ('clicked', clicked_at IS NOT NULL)) w(what, counts)
    WHERE sent_at IS NOT NULL AND counts GROUP BY 1, 2, 3, 4, 5;
  ELSE
    INSERT INTO daily_counts (shop_id, day, scenario, email, what, amount)
    SELECT shop_id, (sent_at AT TIME ZONE 'UTC')::date, scenario, email, what, sum(one)
    FROM (SELECT shop_id, sent_at, clicked_at, scenario, email, 1 AS one FROM new_rows
      UNION ALL SELECT shop_id, sent_at, clicked_at, scenario, email, -1 FROM old_rows) r
    CROSS JOIN LATERAL (VALUES ('sent', true), ('clicked', clicked_at IS NOT NULL)) w(what, counts)
    WHERE sent_at IS NOT NULL AND counts GROUP BY 1, 2, 3, 4, 5 HAVING sum(one) <> 0;
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION counted_of_decisions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO daily_counts (shop_id, day, scenario, email, what, reason, facts, latest_at, amount)
  SELECT d.shop_id, (d.at AT TIME ZONE 'UTC')::date, d.scenario, m.email, 'withheld', d.reason,
    (array_agg(d.facts ORDER BY d.at DESC, d.id DESC))[1], max(d.at), count(*)
  FROM new_rows d JOIN messages m ON m.shop_id = d.shop_id AND m.id = d.message_id
  WHERE d.kind = 'withheld'
  GROUP BY 1, 2, 3, 4, d.reason, d.facts->>'tag', d.facts->>'segment', d.facts->>'heldBy';
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION counted_of_enrollments() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO daily_counts (shop_id, day, scenario, what, amount)
    SELECT shop_id, '1970-01-01', scenario, 'underWay', count(*) FROM new_rows WHERE status = 'active' GROUP BY 1, 3;
  ELSE
    INSERT INTO daily_counts (shop_id, day, scenario, what, amount)
    SELECT shop_id, '1970-01-01', scenario, 'underWay', sum(one)
    FROM (SELECT shop_id, scenario, status, 1 AS one FROM new_rows
      UNION ALL SELECT shop_id, scenario, status, -1 FROM old_rows) r
    WHERE status = 'active' GROUP BY 1, 3 HAVING sum(one) <> 0;
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION counted_of_codes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO daily_counts (shop_id, day, scenario, what, amount)
    SELECT shop_id, (ready_at AT TIME ZONE 'UTC')::date, scenario, what, count(*)
    FROM new_rows CROSS JOIN LATERAL (VALUES ('codes', true), ('codesUsed', used_at IS NOT NULL)) w(what, counts)
    WHERE ready_at IS NOT NULL AND counts GROUP BY 1, 2, 3, 4;
  ELSE
    INSERT INTO daily_counts (shop_id, day, scenario, what, amount)
    SELECT shop_id, (ready_at AT TIME ZONE 'UTC')::date, scenario, what, sum(one)
    FROM (SELECT shop_id, ready_at, used_at, scenario, 1 AS one FROM new_rows
      UNION ALL SELECT shop_id, ready_at, used_at, scenario, -1 FROM old_rows) r
    CROSS JOIN LATERAL (VALUES ('codes', true), ('codesUsed', used_at IS NOT NULL)) w(what, counts)
    WHERE ready_at IS NOT NULL AND counts GROUP BY 1, 2, 3, 4 HAVING sum(one) <> 0;
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['messages', 'decisions', 'enrollments', 'codes'] LOOP
    EXECUTE format('CREATE TRIGGER count_inserted AFTER INSERT ON %I REFERENCING NEW TABLE AS new_rows
      FOR EACH STATEMENT EXECUTE FUNCTION %I()', t, 'counted_of_' || t);
    IF t <> 'decisions' THEN
      EXECUTE format('CREATE TRIGGER count_updated AFTER UPDATE ON %I REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows
        FOR EACH STATEMENT EXECUTE FUNCTION %I()', t, 'counted_of_' || t);
    END IF;
    -- Forced row-level security would hide every row from what follows.
    EXECUTE format('ALTER TABLE %I NO FORCE ROW LEVEL SECURITY', t);
  END LOOP;
END $$;
--> statement-breakpoint
INSERT INTO daily_counts (shop_id, day, scenario, email, what, amount, loose)
SELECT shop_id, (sent_at AT TIME ZONE 'UTC')::date, scenario, email, what, count(*), false
FROM messages CROSS JOIN LATERAL (VALUES ('sent', true), ('clicked', clicked_at IS NOT NULL)) w(what, counts)
WHERE sent_at IS NOT NULL AND counts GROUP BY 1, 2, 3, 4, 5;
--> statement-breakpoint
INSERT INTO daily_counts (shop_id, day, scenario, email, what, reason, facts, latest_at, amount, loose)
SELECT d.shop_id, (d.at AT TIME ZONE 'UTC')::date, d.scenario, m.email, 'withheld', d.reason,
  (array_agg(d.facts ORDER BY d.at DESC, d.id DESC))[1], max(d.at), count(*), false
FROM decisions d JOIN messages m ON m.shop_id = d.shop_id AND m.id = d.message_id
WHERE d.kind = 'withheld'
GROUP BY 1, 2, 3, 4, d.reason, d.facts->>'tag', d.facts->>'segment', d.facts->>'heldBy';
--> statement-breakpoint
INSERT INTO daily_counts (shop_id, day, scenario, what, amount, loose)
SELECT shop_id, '1970-01-01', scenario, 'underWay', count(*), false FROM enrollments WHERE status = 'active' GROUP BY 1, 3;
--> statement-breakpoint
INSERT INTO daily_counts (shop_id, day, scenario, what, amount, loose)
SELECT shop_id, (ready_at AT TIME ZONE 'UTC')::date, scenario, what, count(*), false
FROM codes CROSS JOIN LATERAL (VALUES ('codes', true), ('codesUsed', used_at IS NOT NULL)) w(what, counts)
WHERE ready_at IS NOT NULL AND counts GROUP BY 1, 2, 3, 4;
--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['messages', 'decisions', 'enrollments', 'codes'] LOOP
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['daily_counts', 'audience_counts'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY one_shop ON %I USING (shop_id = current_shop_id()) WITH CHECK (shop_id = current_shop_id())', t);
  END LOOP;
END $$;
--> statement-breakpoint
-- The sweep must see which shops have counts to put together.
CREATE POLICY worker_finds_loose ON daily_counts FOR SELECT TO relance_worker USING (loose);
