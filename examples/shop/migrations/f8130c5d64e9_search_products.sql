-- Search products by name and description
--
-- Revision ID: f8130c5d64e9
-- Revises: b42f8ea6701d
-- Create Date: 2026-06-16 10:10:00+00:00

-- migrate:up
ALTER TABLE products ADD COLUMN search tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('english', name), 'A') || setweight(to_tsvector('english', description), 'B')
) STORED;

CREATE INDEX products_search_idx ON products USING gin (search) WHERE active;

-- migrate:down
ALTER TABLE products DROP COLUMN search;
