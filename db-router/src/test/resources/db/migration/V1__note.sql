CREATE TABLE note (
  id   BIGINT       NOT NULL PRIMARY KEY,
  text VARCHAR(200) NOT NULL
);

CREATE TABLE note_tag (
  note_id BIGINT      NOT NULL,
  tag     VARCHAR(50) NOT NULL,
  PRIMARY KEY (note_id, tag)
);

INSERT INTO note VALUES (1, 'one');
INSERT INTO note_tag VALUES (1, 'first');
