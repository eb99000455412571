-- Validate the order total
--
-- Revision ID: 5ce2908bd437
-- Revises: a7146c92ef50
-- Create Date: 2026-05-12 09:05:00+00:00

-- migrate:up
ALTER TABLE orders VALIDATE CONSTRAINT orders_total_check;

-- migrate:down
-- PostgreSQL cannot take a validation back: replace the constraint by its unvalidated self.
ALTER TABLE orders DROP CONSTRAINT orders_total_check;
ALTER TABLE orders
    ADD CONSTRAINT orders_total_check
    CHECK (status IN ('cart', 'cancelled') OR (total_cents IS NOT NULL AND total_cents >= 0)) NOT VALID;
