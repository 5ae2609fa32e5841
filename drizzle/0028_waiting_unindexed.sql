DROP INDEX "enrollments_waiting";
--> statement-breakpoint
-- By hand: scans number what they found before they write it.
GRANT USAGE ON SEQUENCE "enrollments_id_seq" TO relance_app, relance_worker;
