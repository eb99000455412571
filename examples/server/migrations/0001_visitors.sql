-- migrate:up
CREATE TABLE visitors (name text PRIMARY KEY);

-- migrate:down
DROP TABLE visitors;
