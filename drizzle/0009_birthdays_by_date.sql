DROP INDEX "customers_birthday";--> statement-breakpoint
CREATE INDEX "customers_birthday" ON "customers" USING btree ("shop_id","birth_date") WHERE birth_date is not null;