-- What the admin searches customers by, kept by Postgres itself: names and address in lower case without accents, so that no
-- search folds a hundred thousand rows. By hand: the app reads these columns in one query and never writes them.
-- Cut short, so that the index takes the longest name; NFD spells some signs with three, hence after folding.
CREATE FUNCTION folded(words text, most integer) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN left(regexp_replace(normalize(lower(coalesce(words, '')), NFD), U&'[\0300-\036f]', '', 'g'), most);
--> statement-breakpoint
-- Each beginning of a word stands after a space. Nobody without a name comes before somebody with one.
ALTER TABLE customers
  ADD COLUMN search_key text COLLATE "C" GENERATED ALWAYS AS
    (' ' || folded(first_name, 60) || ' ' || folded(last_name, 60) || ' ' || folded(email, 80)) STORED,
  ADD COLUMN name_key text COLLATE "C" GENERATED ALWAYS AS
    (CASE WHEN first_name IS NULL AND last_name IS NULL THEN U&'\+10FFFD'
      ELSE folded(last_name, 60) || ' ' || folded(first_name, 60) END) STORED;
--> statement-breakpoint
CREATE INDEX customers_by_name ON customers (shop_id, name_key, id) INCLUDE (search_key)
  WHERE deleted_at IS NULL AND merged_into IS NULL;
