ALTER TABLE "data_requests" ADD COLUMN "downloaded_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "inbound_events" ADD COLUMN "alarm_at" timestamp with time zone;