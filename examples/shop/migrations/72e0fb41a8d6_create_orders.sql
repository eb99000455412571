-- Create orders and order items
--
-- Revision ID: 72e0fb41a8d6
-- Revises: c6f25b8e9013
-- Create Date: 2026-03-18 13:07:00+00:00

-- migrate:up
CREATE TYPE order_status AS ENUM ('cart', 'placed', 'paid', 'shipped', 'delivered', 'cancelled');

CREATE TABLE orders (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES customers,
    address_id bigint REFERENCES addresses,
    status order_status NOT NULL DEFAULT 'cart',
    placed_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT orders_placed_at_check CHECK (status IN ('cart', 'cancelled') OR placed_at IS NOT NULL)
);

CREATE TABLE order_items (
    order_id bigint NOT NULL REFERENCES orders ON DELETE CASCADE,
    product_id bigint NOT NULL REFERENCES products,
    quantity integer NOT NULL CHECK (quantity > 0),
    unit_price_cents integer NOT NULL CHECK (unit_price_cents >= 0),
    PRIMARY KEY (order_id, product_id)
);

CREATE INDEX orders_customer_id_idx ON orders (customer_id);
CREATE INDEX order_items_product_id_idx ON order_items (product_id);

-- The warehouse's work list: a few hundred rows of a table that only grows.
CREATE INDEX orders_to_ship_idx ON orders (placed_at) WHERE status = 'paid';

CREATE TRIGGER orders_touch BEFORE UPDATE ON orders
    FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION touch_updated_at();

-- migrate:down
DROP TABLE order_items;
DROP TABLE orders;
DROP TYPE order_status;
