-- All that the nightly look for lapses asks of a customer who may get the e-mail, so that it reads this index alone. By hand:
-- Drizzle knows no INCLUDE.
DROP INDEX customers_usual_gap;
--> statement-breakpoint
CREATE INDEX customers_usual_gap ON customers (shop_id, usual_gap) WHERE usual_gap IS NOT NULL AND deleted_at IS NULL;
--> statement-breakpoint
CREATE INDEX customers_lapses ON customers (shop_id, last_order_at)
  INCLUDE (id, country, orders_seen, usual_gap, preferences)
  WHERE last_order_at IS NOT NULL AND consent_state = 'subscribed' AND deleted_at IS NULL AND email IS NOT NULL
    AND suppressed IS NULL;
