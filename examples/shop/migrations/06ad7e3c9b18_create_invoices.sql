-- Create invoices
--
-- An invoice names the tax class of each line, which the catalog branch brings.
--
-- Revision ID: 06ad7e3c9b18
-- Revises: 9d60f1b5a3c7
-- Create Date: 2026-06-15 14:35:00+00:00
-- Depends On: b42f8ea6701d

-- migrate:up
CREATE SEQUENCE invoice_number START WITH 100000;

CREATE TABLE invoices (
    number bigint PRIMARY KEY DEFAULT nextval('invoice_number'),
    order_id bigint NOT NULL UNIQUE REFERENCES orders,
    issued_on date NOT NULL DEFAULT current_date
);

ALTER SEQUENCE invoice_number OWNED BY invoices.number;

CREATE TABLE invoice_lines (
    invoice_number bigint NOT NULL REFERENCES invoices ON DELETE CASCADE,
    position smallint NOT NULL CHECK (position > 0),
    label text NOT NULL,
    tax_class text NOT NULL REFERENCES tax_classes,
    net_cents bigint NOT NULL,
    tax_cents bigint NOT NULL,
    PRIMARY KEY (invoice_number, position)
);

-- migrate:down
DROP TABLE invoice_lines;
DROP TABLE invoices;
