CREATE TABLE "customer_words" (
	"shop_id" integer NOT NULL,
	"word" text COLLATE "C" NOT NULL,
	"customer_id" text NOT NULL,
	CONSTRAINT "customer_words_shop_id_word_customer_id_pk" PRIMARY KEY("shop_id","word","customer_id")
);

--> statement-breakpoint
-- By hand from here: the collation above, who keeps the words, those of everybody there is, and row-level security as in 0001.
--
-- Postgres keeps the plan of a trigger's statement, made for however many rows it met first: lookups serve any number.
CREATE FUNCTION words_of_customers() RETURNS trigger LANGUAGE plpgsql SET enable_hashjoin TO off SET enable_mergejoin TO off AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO customer_words (shop_id, word, customer_id)
    SELECT DISTINCT shop_id, word, id FROM new_rows CROSS JOIN LATERAL string_to_table(search_key, ' ') word
    WHERE word <> '' ON CONFLICT DO NOTHING;
  ELSE
    DELETE FROM customer_words w USING (
      SELECT shop_id, word, id
      FROM (SELECT shop_id, id, search_key FROM old_rows EXCEPT SELECT shop_id, id, search_key FROM new_rows) gone
      CROSS JOIN LATERAL string_to_table(search_key, ' ') word) o
    WHERE w.shop_id = o.shop_id AND w.word = o.word AND w.customer_id = o.id;
    INSERT INTO customer_words (shop_id, word, customer_id)
    SELECT DISTINCT shop_id, word, id
    FROM (SELECT shop_id, id, search_key FROM new_rows EXCEPT SELECT shop_id, id, search_key FROM old_rows) come
    CROSS JOIN LATERAL string_to_table(search_key, ' ') word
    WHERE word <> '' ON CONFLICT DO NOTHING;
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER words_inserted AFTER INSERT ON customers REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION words_of_customers();
--> statement-breakpoint
CREATE TRIGGER words_updated AFTER UPDATE ON customers REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION words_of_customers();
--> statement-breakpoint
ALTER FUNCTION counted_of_decisions() SET enable_hashjoin TO off;
--> statement-breakpoint
ALTER FUNCTION counted_of_decisions() SET enable_mergejoin TO off;
--> statement-breakpoint
ALTER TABLE customers NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
INSERT INTO customer_words (shop_id, word, customer_id)
SELECT DISTINCT shop_id, word, id FROM customers CROSS JOIN LATERAL string_to_table(search_key, ' ') word WHERE word <> '';
--> statement-breakpoint
ALTER TABLE customers FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE customer_words ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE customer_words FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY one_shop ON customer_words USING (shop_id = current_shop_id()) WITH CHECK (shop_id = current_shop_id());
