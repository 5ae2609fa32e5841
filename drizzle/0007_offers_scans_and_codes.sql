CREATE TABLE "codes" (
	"shop_id" integer NOT NULL,
	"enrollment_id" bigint NOT NULL,
	"customer_id" text NOT NULL,
	"scenario" text NOT NULL,
	"code" text NOT NULL,
	"offer" jsonb NOT NULL,
	"discount_id" uuid,
	"ends_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"ready_at" timestamp with time zone,
	"used_at" timestamp with time zone,
	"used_order_id" text,
	CONSTRAINT "codes_shop_id_enrollment_id_pk" PRIMARY KEY("shop_id","enrollment_id")
);
--> statement-breakpoint
CREATE TABLE "discounts" (
	"shop_id" integer NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"scenario" text NOT NULL,
	"offer_key" text NOT NULL,
	"offer" jsonb NOT NULL,
	"end_day" date NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"title" text NOT NULL,
	"shopify_id" text,
	"refusal" text,
	"refused_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"tidied_at" timestamp with time zone,
	CONSTRAINT "discounts_shop_id_id_pk" PRIMARY KEY("shop_id","id")
);
--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "orders_seen" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "first_order_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "last_order_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "vip_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "left_out_segment" text;--> statement-breakpoint
ALTER TABLE "scenario_settings" ADD COLUMN "scan_due_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "scenario_settings" ADD COLUMN "scan_facts" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
CREATE INDEX "codes_code" ON "codes" USING btree ("shop_id",upper(code));--> statement-breakpoint
CREATE INDEX "codes_waiting" ON "codes" USING btree ("shop_id","discount_id") WHERE ready_at is null;--> statement-breakpoint
CREATE INDEX "codes_customer" ON "codes" USING btree ("shop_id","customer_id");--> statement-breakpoint
CREATE UNIQUE INDEX "discounts_once" ON "discounts" USING btree ("shop_id","scenario","offer_key","end_day");--> statement-breakpoint
CREATE INDEX "discounts_untidied" ON "discounts" USING btree ("shop_id","ends_at") WHERE tidied_at is null;--> statement-breakpoint
CREATE INDEX "customers_birthday" ON "customers" USING btree ("shop_id",(extract(month from birth_date) * 100 + extract(day from birth_date))) WHERE birth_date is not null;--> statement-breakpoint
CREATE INDEX "customers_last_order" ON "customers" USING btree ("shop_id","last_order_at") WHERE last_order_at is not null;--> statement-breakpoint
CREATE INDEX "customers_vip" ON "customers" USING btree ("shop_id","vip_since") WHERE vip_since is not null;--> statement-breakpoint
CREATE INDEX "scenario_settings_scan" ON "scenario_settings" USING btree ("scan_due_at") WHERE enabled and scan_due_at is not null;--> statement-breakpoint
-- By hand: row-level security of the new tables, as in 0001.
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['discounts', 'codes'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY one_shop ON %I USING (shop_id = current_shop_id()) WITH CHECK (shop_id = current_shop_id())', t);
  END LOOP;
END $$;
--> statement-breakpoint
-- The worker must see which shops have a scan due.
CREATE POLICY worker_finds_scans ON scenario_settings FOR SELECT TO relance_worker USING (enabled AND scan_due_at IS NOT NULL);
--> statement-breakpoint
-- What the mirror already holds of everybody's orders; forced row-level security would hide every row from this one statement.
ALTER TABLE customers NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orders NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
UPDATE customers c SET orders_seen = o.n, first_order_at = o.first_at, last_order_at = o.last_at
FROM (SELECT shop_id, customer_id, count(*)::int AS n, min(processed_at) AS first_at, max(processed_at) AS last_at
  FROM orders WHERE cancelled_at IS NULL AND deleted_at IS NULL AND customer_id IS NOT NULL GROUP BY 1, 2) o
WHERE o.shop_id = c.shop_id AND o.customer_id = c.id;
--> statement-breakpoint
ALTER TABLE orders FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE customers FORCE ROW LEVEL SECURITY;
