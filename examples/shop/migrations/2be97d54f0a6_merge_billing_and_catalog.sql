-- Merge billing and catalog
--
-- Revision ID: 2be97d54f0a6
-- Revises: 06ad7e3c9b18, f8130c5d64e9
-- Create Date: 2026-07-01 07:55:00+00:00

-- migrate:up

-- migrate:down
