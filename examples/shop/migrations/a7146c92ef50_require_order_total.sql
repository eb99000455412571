-- Require a total on every order that was placed
--
-- Goes out after the release that writes totals. NOT VALID checks new rows only, so the table
-- is locked for an instant instead of a scan; the next revision looks at the old rows.
--
-- Revision ID: a7146c92ef50
-- Revises: 30b8e7f6d21c
-- Create Date: 2026-05-11 09:05:00+00:00

-- migrate:up lock_timeout:2s
ALTER TABLE orders
    ADD CONSTRAINT orders_total_check
    CHECK (status IN ('cart', 'cancelled') OR (total_cents IS NOT NULL AND total_cents >= 0)) NOT VALID;

-- migrate:down lock_timeout:2s
ALTER TABLE orders DROP CONSTRAINT orders_total_check;
