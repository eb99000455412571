-- Create customers
--
-- Revision ID: 4f1c09a7d2be
-- Revises:
-- Create Date: 2026-03-02 09:14:00+00:00

-- migrate:up
CREATE TABLE customers (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email text NOT NULL CHECK (email LIKE '%_@_%'),
    full_name text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    deleted_at timestamptz
);

-- One account per address, however it was typed; a deleted account frees its address.
CREATE UNIQUE INDEX customers_email_key ON customers (lower(email)) WHERE deleted_at IS NULL;

-- migrate:down
DROP TABLE customers;
