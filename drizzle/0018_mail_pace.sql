CREATE TABLE "sender_domains" (
	"shop_id" integer NOT NULL,
	"domain" text NOT NULL,
	"chosen_at" timestamp with time zone NOT NULL,
	"first_sent_at" timestamp with time zone,
	CONSTRAINT "sender_domains_shop_id_domain_pk" PRIMARY KEY("shop_id","domain")
);
--> statement-breakpoint
ALTER TABLE "clicks" ADD COLUMN "machine" text;--> statement-breakpoint
ALTER TABLE "shops" ADD COLUMN "mail_pace" text DEFAULT 'full' NOT NULL;--> statement-breakpoint
ALTER TABLE "shops" ADD COLUMN "mail_pace_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "shops" ADD COLUMN "mail_pace_facts" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "shops" ADD COLUMN "mail_judged_from" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "messages_complained" ON "messages" USING btree ("shop_id","sent_at") WHERE complained_at is not null;

--> statement-breakpoint
-- By hand from here: row-level security as in 0001, and the domains shops send from already, which are new to nobody.
-- Shop by shop, so that row-level security need not be lifted from tables in use.
ALTER TABLE sender_domains ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE sender_domains FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY one_shop ON sender_domains USING (shop_id = current_shop_id()) WITH CHECK (shop_id = current_shop_id());
--> statement-breakpoint
DO $$
DECLARE one integer;
BEGIN
  FOR one IN SELECT shop_id FROM shop_domains LOOP
    PERFORM set_config('relance.shop_id', one::text, true);
    INSERT INTO sender_domains (shop_id, domain, chosen_at, first_sent_at)
    SELECT shop_id, lower(split_part(settings->>'senderEmail', '@', 2)), now(),
      (SELECT min(sent_at) FROM messages m WHERE m.shop_id = s.shop_id)
    FROM shops s WHERE shop_id = one AND settings->>'senderEmail' LIKE '%@%';
  END LOOP;
  PERFORM set_config('relance.shop_id', '', true);
END $$;
