CREATE TABLE "preview_links" (
	"shop_id" integer NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"scenario" text NOT NULL,
	"email" text NOT NULL,
	"language" text NOT NULL,
	"mail" jsonb,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "preview_links_shop_id_id_pk" PRIMARY KEY("shop_id","id")
);
--> statement-breakpoint
CREATE TABLE "scenario_looks" (
	"shop_id" integer NOT NULL,
	"scenario" text NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"looked_at" timestamp with time zone,
	"seen" jsonb,
	CONSTRAINT "scenario_looks_shop_id_scenario_pk" PRIMARY KEY("shop_id","scenario")
);
--> statement-breakpoint
CREATE INDEX "preview_links_made" ON "preview_links" USING btree ("shop_id","created_at");
--> statement-breakpoint
-- By hand: row-level security as in 0001.
ALTER TABLE preview_links ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE preview_links FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY one_shop ON preview_links USING (shop_id = current_shop_id()) WITH CHECK (shop_id = current_shop_id());
--> statement-breakpoint
ALTER TABLE scenario_looks ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE scenario_looks FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY one_shop ON scenario_looks USING (shop_id = current_shop_id()) WITH CHECK (shop_id = current_shop_id());
