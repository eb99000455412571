-- migrate:up
CREATE TABLE visits (visitor text NOT NULL REFERENCES visitors (name), at timestamp NOT NULL);
CREATE INDEX visits_at ON visits (at);

-- migrate:down
DROP TABLE visits;
