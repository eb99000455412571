-- Add the order total and fill it in for existing orders
--
-- Revision ID: 30b8e7f6d21c
-- Revises: e95d3a07c1f8
-- Create Date: 2026-05-04 09:50:00+00:00

-- migrate:up
ALTER TABLE orders ADD COLUMN total_cents bigint;

-- The backfill is no edit by a person: leave updated_at as it was.
ALTER TABLE orders DISABLE TRIGGER orders_touch;

UPDATE orders
SET total_cents = (
    SELECT coalesce(sum(quantity * unit_price_cents::bigint), 0)
    FROM order_items
    WHERE order_items.order_id = orders.id
);

ALTER TABLE orders ENABLE TRIGGER orders_touch;

-- migrate:down
ALTER TABLE orders DROP COLUMN total_cents;
