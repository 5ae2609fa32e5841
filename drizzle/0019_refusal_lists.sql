CREATE TABLE "refusal_lists" (
	"shop_id" integer NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"file_name" text NOT NULL,
	"fingerprint" text,
	"source" text DEFAULT 'other' NOT NULL,
	"columns" text[] DEFAULT '{}' NOT NULL,
	"status" text DEFAULT 'reading' NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"kind" text,
	"counts" jsonb,
	"result" jsonb,
	"uploaded_at" timestamp with time zone NOT NULL,
	"imported_at" timestamp with time zone,
	CONSTRAINT "refusal_lists_shop_id_id_pk" PRIMARY KEY("shop_id","id")
);
--> statement-breakpoint
CREATE TABLE "refusal_rows" (
	"shop_id" integer NOT NULL,
	"list_id" uuid NOT NULL,
	"email_key" text NOT NULL,
	"line" integer NOT NULL,
	"unsubscribed" boolean NOT NULL,
	"suppressed" text,
	"refused_at" timestamp with time zone,
	CONSTRAINT "refusal_rows_shop_id_list_id_email_key_pk" PRIMARY KEY("shop_id","list_id","email_key")
);
--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "vip_tag_ours" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "refusals_left_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "scenario_settings" ADD COLUMN "double_sender_read_at" timestamp with time zone;
--> statement-breakpoint
-- By hand: row-level security as in 0001.
ALTER TABLE refusal_lists ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE refusal_lists FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY one_shop ON refusal_lists USING (shop_id = current_shop_id()) WITH CHECK (shop_id = current_shop_id());
--> statement-breakpoint
ALTER TABLE refusal_rows ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE refusal_rows FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY one_shop ON refusal_rows USING (shop_id = current_shop_id()) WITH CHECK (shop_id = current_shop_id());
