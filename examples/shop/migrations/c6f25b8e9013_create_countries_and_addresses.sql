-- Create countries and addresses
--
-- Revision ID: c6f25b8e9013
-- Revises: 1d9a7c44e083
-- Create Date: 2026-03-11 08:25:00+00:00

-- migrate:up
CREATE TABLE countries (
    code char(2) PRIMARY KEY,
    name text NOT NULL,
    in_eu boolean NOT NULL,
    shipping_note text
);

COPY countries (code, name, in_eu, shipping_note) FROM STDIN;
AT	Austria	t	\N
BE	Belgium	t	\N
CH	Switzerland	f	\N
CZ	Czechia	t	\N
DE	Germany	t	\N
DK	Denmark	t	\N
ES	Spain	t	\N
FI	Finland	t	\N
FR	France	t	\N
GB	United Kingdom	f	requires a postcode; Channel Islands excluded
IE	Ireland	t	\N
IT	Italy	t	\N
LU	Luxembourg	t	\N
NL	Netherlands	t	\N
NO	Norway	f	Svalbard and Jan Mayen excluded
PL	Poland	t	\N
PT	Portugal	t	\N
SE	Sweden	t	\N
\.

CREATE TABLE addresses (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES customers ON DELETE CASCADE,
    country_code char(2) NOT NULL REFERENCES countries,
    line1 text NOT NULL,
    line2 text,
    postal_code text NOT NULL,
    city text NOT NULL
);

CREATE INDEX addresses_customer_id_idx ON addresses (customer_id);

-- migrate:down
DROP TABLE addresses;
DROP TABLE countries;
