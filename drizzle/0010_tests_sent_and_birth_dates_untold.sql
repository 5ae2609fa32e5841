ALTER TABLE "customers" ADD COLUMN "birth_date_unpushed" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "shops" ADD COLUMN "tests_sent_at" timestamp with time zone[] DEFAULT '{}' NOT NULL;
