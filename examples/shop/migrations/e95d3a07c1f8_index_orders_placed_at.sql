-- Index orders by the day they were placed
--
-- CONCURRENTLY keeps the shop open while the index is built. It cannot run inside a
-- transaction, and it is alone in its revision so that a failure leaves one thing to look at.
--
-- Revision ID: e95d3a07c1f8
-- Revises: 72e0fb41a8d6
-- Create Date: 2026-04-20 06:30:00+00:00

-- migrate:up transaction:false
CREATE INDEX CONCURRENTLY orders_placed_on_idx ON orders (((placed_at AT TIME ZONE 'UTC')::date));

-- migrate:down transaction:false
DROP INDEX CONCURRENTLY orders_placed_on_idx;
