CREATE TABLE "data_requests" (
	"shop_id" integer NOT NULL,
	"id" text NOT NULL,
	"customer_id" text,
	"requested_at" timestamp with time zone NOT NULL,
	"collected_at" timestamp with time zone NOT NULL,
	"data" jsonb NOT NULL,
	CONSTRAINT "data_requests_shop_id_id_pk" PRIMARY KEY("shop_id","id")
);
--> statement-breakpoint
ALTER TABLE "checkouts" ADD COLUMN "source_seen_at" timestamp with time zone DEFAULT '-infinity' NOT NULL;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "consent_seen_at" timestamp with time zone DEFAULT '-infinity' NOT NULL;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "consent_unpushed" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "source_seen_at" timestamp with time zone DEFAULT '-infinity' NOT NULL;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "attempts" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "source_seen_at" timestamp with time zone DEFAULT '-infinity' NOT NULL;--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "source_seen_at" timestamp with time zone DEFAULT '-infinity' NOT NULL;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "refresh_lease_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "shops" ADD COLUMN "shopify_id" text;--> statement-breakpoint
ALTER TABLE "shops" ADD COLUMN "reconciled_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "shops" ADD COLUMN "import_lease_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "shops" ADD COLUMN "import_poll_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "shops" ADD COLUMN "source_updated_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "shops" ADD COLUMN "source_seen_at" timestamp with time zone DEFAULT '-infinity' NOT NULL;--> statement-breakpoint
ALTER TABLE "data_requests" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "data_requests" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY one_shop ON "data_requests" USING (shop_id = current_shop_id()) WITH CHECK (shop_id = current_shop_id());
