-- Create products
--
-- Revision ID: 8b3e6d10f5a4
-- Revises: 4f1c09a7d2be
-- Create Date: 2026-03-02 10:02:00+00:00

-- migrate:up
CREATE TABLE products (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    sku text NOT NULL UNIQUE,
    name text NOT NULL,
    description text NOT NULL DEFAULT '',
    price_cents integer NOT NULL CHECK (price_cents >= 0),
    active boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);

COMMENT ON COLUMN products.price_cents IS 'net price; the shop''s only currency is the euro';

-- migrate:down
DROP TABLE products;
