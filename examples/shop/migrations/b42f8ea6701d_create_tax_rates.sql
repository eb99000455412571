-- Create tax classes and rates
--
-- Revision ID: b42f8ea6701d
-- Revises: 5ce2908bd437
-- Create Date: 2026-06-02 11:20:00+00:00
-- Branch Labels: catalog

-- migrate:up
CREATE TABLE tax_classes (
    code text PRIMARY KEY,
    name text NOT NULL
);

INSERT INTO tax_classes (code, name) VALUES
    ('standard', 'Standard rate'),
    ('reduced', 'Reduced rate'),
    ('zero', 'Exempt; no tax');

CREATE TABLE tax_rates (
    tax_class text NOT NULL REFERENCES tax_classes,
    country_code char(2) NOT NULL REFERENCES countries,
    valid_from date NOT NULL,
    percent numeric(5, 2) NOT NULL CHECK (percent BETWEEN 0 AND 100),
    PRIMARY KEY (tax_class, country_code, valid_from)
);

-- A constant default is stored once: no rewrite, however many products there are.
ALTER TABLE products ADD COLUMN tax_class text NOT NULL DEFAULT 'standard' REFERENCES tax_classes;

-- migrate:down
ALTER TABLE products DROP COLUMN tax_class;
DROP TABLE tax_rates;
DROP TABLE tax_classes;
