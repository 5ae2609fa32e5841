-- The mean days between a customer's orders, kept by Postgres itself, so that the shop's usual gap and those who lapse by
-- their own are read from an index. By hand: the app only reads the column, and Drizzle knows no INCLUDE.
ALTER TABLE customers
  ADD COLUMN usual_gap double precision GENERATED ALWAYS AS
    (CASE WHEN orders_seen >= 2 THEN date_part('epoch', last_order_at - first_order_at) / (orders_seen - 1) / 86400 END) STORED;
--> statement-breakpoint
CREATE INDEX customers_usual_gap ON customers (shop_id, usual_gap) INCLUDE (last_order_at, orders_seen, id)
  WHERE usual_gap IS NOT NULL AND deleted_at IS NULL;
