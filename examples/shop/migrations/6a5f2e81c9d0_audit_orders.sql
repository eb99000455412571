-- Record every change of an order's status or total
--
-- Revision ID: 6a5f2e81c9d0
-- Revises: d3c84f07b65a
-- Create Date: 2026-07-20 16:45:00+00:00

-- migrate:up
CREATE TABLE order_audit (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_id bigint NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now(),
    changed_by text NOT NULL DEFAULT current_user,
    old_values jsonb NOT NULL,
    new_values jsonb NOT NULL
);

CREATE INDEX order_audit_order_id_idx ON order_audit (order_id, changed_at);

CREATE FUNCTION audit_order() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO order_audit (order_id, old_values, new_values)
    VALUES (
        OLD.id,
        jsonb_build_object('status', OLD.status, 'total_cents', OLD.total_cents),
        jsonb_build_object('status', NEW.status, 'total_cents', NEW.total_cents)
    );
    RETURN NULL;
END;
$$;

CREATE TRIGGER orders_audit AFTER UPDATE OF status, total_cents ON orders
    FOR EACH ROW
    WHEN ((OLD.status, OLD.total_cents) IS DISTINCT FROM (NEW.status, NEW.total_cents))
    EXECUTE FUNCTION audit_order();

-- migrate:down
DROP TRIGGER orders_audit ON orders;
DROP FUNCTION audit_order();
DROP TABLE order_audit;
