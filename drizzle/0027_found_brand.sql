ALTER TABLE "shops" ADD COLUMN "found_brand" jsonb;--> statement-breakpoint
ALTER TABLE "shops" ADD COLUMN "setup_hidden_at" timestamp with time zone;