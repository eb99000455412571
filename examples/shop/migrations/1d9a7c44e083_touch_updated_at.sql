-- Keep updated_at current with a trigger
--
-- Revision ID: 1d9a7c44e083
-- Revises: 8b3e6d10f5a4
-- Create Date: 2026-03-05 15:40:00+00:00

-- migrate:up
CREATE FUNCTION touch_updated_at() RETURNS trigger
LANGUAGE plpgsql AS $function$
BEGIN
    -- An update that changes nothing is not an update; semicolons in here end no statement.
    NEW.updated_at := now();
    RETURN NEW;
END;
$function$;

CREATE TRIGGER customers_touch BEFORE UPDATE ON customers
    FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER products_touch BEFORE UPDATE ON products
    FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION touch_updated_at();

-- migrate:down
DROP TRIGGER products_touch ON products;
DROP TRIGGER customers_touch ON customers;
DROP FUNCTION touch_updated_at();
