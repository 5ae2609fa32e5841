CREATE TABLE "authenticated_domains" (
	"shop_id" integer PRIMARY KEY NOT NULL,
	"domain" text NOT NULL,
	"provider_id" text NOT NULL,
	"links_id" text,
	"subuser" text,
	"adopted" boolean NOT NULL,
	"sender_email" text NOT NULL,
	"records" jsonb NOT NULL,
	"dmarc" jsonb,
	"status" text DEFAULT 'pending' NOT NULL,
	"status_since" timestamp with time zone NOT NULL,
	"failed_at" timestamp with time zone,
	"trouble" text,
	"checked_at" timestamp with time zone,
	"look_due_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "subusers" (
	"shop_id" integer PRIMARY KEY NOT NULL,
	"username" text NOT NULL,
	"api_key" text,
	"webhook_id" text,
	"webhook_key" text,
	"status" text DEFAULT 'making' NOT NULL,
	"trouble" text,
	"tried_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "shops" ADD COLUMN "sender_held" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "authenticated_domains_due" ON "authenticated_domains" USING btree ("look_due_at");
--> statement-breakpoint
-- By hand: row-level security as in 0001; the worker sees which domains want a look.
ALTER TABLE authenticated_domains ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE authenticated_domains FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY one_shop ON authenticated_domains USING (shop_id = current_shop_id()) WITH CHECK (shop_id = current_shop_id());
--> statement-breakpoint
CREATE POLICY worker_finds_domains ON authenticated_domains FOR SELECT TO relance_worker USING (look_due_at IS NOT NULL);
--> statement-breakpoint
ALTER TABLE subusers ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE subusers FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY one_shop ON subusers USING (shop_id = current_shop_id()) WITH CHECK (shop_id = current_shop_id());
--> statement-breakpoint
CREATE POLICY worker_finds_subusers ON subusers FOR SELECT TO relance_worker USING (status <> 'off');
