CREATE TABLE "scenario_drafts" (
	"shop_id" integer NOT NULL,
	"scenario" text NOT NULL,
	"draft" jsonb NOT NULL,
	"based_on" integer NOT NULL,
	"token" uuid NOT NULL,
	"kept_at" timestamp with time zone NOT NULL,
	"kept_by" text,
	CONSTRAINT "scenario_drafts_shop_id_scenario_pk" PRIMARY KEY("shop_id","scenario")
);
--> statement-breakpoint
CREATE TABLE "scenario_saves" (
	"shop_id" integer NOT NULL,
	"scenario" text NOT NULL,
	"revision" integer NOT NULL,
	"saved_at" timestamp with time zone NOT NULL,
	"saved_by" text,
	"overlay" jsonb NOT NULL,
	"changes" jsonb NOT NULL,
	CONSTRAINT "scenario_saves_shop_id_scenario_revision_pk" PRIMARY KEY("shop_id","scenario","revision")
);
--> statement-breakpoint
ALTER TABLE "scenario_settings" ADD COLUMN "structure" integer;--> statement-breakpoint
ALTER TABLE "scenario_versions" ADD COLUMN "emails" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
CREATE INDEX "enrollments_waiting" ON "enrollments" USING btree ("shop_id","scenario","cursor") WHERE status = 'active';
--> statement-breakpoint
-- By hand: row-level security as in 0001.
ALTER TABLE scenario_saves ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE scenario_saves FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY one_shop ON scenario_saves USING (shop_id = current_shop_id()) WITH CHECK (shop_id = current_shop_id());
--> statement-breakpoint
ALTER TABLE scenario_drafts ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE scenario_drafts FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY one_shop ON scenario_drafts USING (shop_id = current_shop_id()) WITH CHECK (shop_id = current_shop_id());
