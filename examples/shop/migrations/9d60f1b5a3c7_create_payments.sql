-- Create payments
--
-- Revision ID: 9d60f1b5a3c7
-- Revises: 5ce2908bd437
-- Create Date: 2026-06-01 08:00:00+00:00
-- Branch Labels: billing

-- migrate:up
CREATE TYPE payment_state AS ENUM ('authorized', 'captured', 'refunded', 'failed');

CREATE TABLE payments (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_id bigint NOT NULL REFERENCES orders,
    provider text NOT NULL,
    provider_reference text NOT NULL,
    state payment_state NOT NULL,
    amount_cents bigint NOT NULL CHECK (amount_cents > 0),
    received_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (provider, provider_reference)
);

-- An order is paid for once; failed attempts and refunds may be many.
CREATE UNIQUE INDEX payments_one_capture_per_order ON payments (order_id) WHERE state = 'captured';

-- migrate:down
DROP TABLE payments;
DROP TYPE payment_state;
