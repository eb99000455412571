-- Add the order summary view
--
-- Revision ID: d3c84f07b65a
-- Revises: 2be97d54f0a6
-- Create Date: 2026-07-06 12:00:00+00:00

-- migrate:up
CREATE VIEW order_summary AS
SELECT
    orders.id AS order_id,
    customers.full_name AS customer,
    orders.status,
    orders.placed_at,
    orders.total_cents,
    coalesce(paid.amount_cents, 0) AS paid_cents,
    invoices.number AS invoice_number
FROM orders
JOIN customers ON customers.id = orders.customer_id
LEFT JOIN payments AS paid ON paid.order_id = orders.id AND paid.state = 'captured'
LEFT JOIN invoices ON invoices.order_id = orders.id
WHERE orders.status <> 'cart';

-- migrate:down
DROP VIEW order_summary;
