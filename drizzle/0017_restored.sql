ALTER TABLE "shops" ADD COLUMN "restored_from" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "shops" ADD COLUMN "restored_until" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "inbound_events_unknown" ON "inbound_events" USING btree ("shop_id","received_at") WHERE outcome = 'unknown-message';