-- Codes and URLs are ASCII and compared byte by byte: AbC and abc are two codes.
CREATE TABLE link (
  id BIGINT NOT NULL AUTO_INCREMENT,
  code VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  url VARCHAR(2048) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  owner_key_hash BINARY(32) NOT NULL,
  idempotency_key_hash BINARY(32) NULL,
  request_hash BINARY(32) NULL,
  created_at DATETIME(3) NOT NULL COMMENT 'UTC',
  PRIMARY KEY (id),
  UNIQUE KEY link_code (code),
  UNIQUE KEY link_idempotency_key (idempotency_key_hash)
) ENGINE = InnoDB;

-- Apart from link, so that the row that every redirect reads is never written.
CREATE TABLE link_visits (
  link_id BIGINT NOT NULL,
  visits BIGINT NOT NULL,
  PRIMARY KEY (link_id),
  CONSTRAINT link_visits_of_link FOREIGN KEY (link_id) REFERENCES link (id) ON DELETE CASCADE
) ENGINE = InnoDB;

-- The last batch of visits that each instance wrote: a batch whose commit was not answered is not added twice.
CREATE TABLE visit_batch (
  node VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  batch BINARY(16) NOT NULL,
  PRIMARY KEY (node)
) ENGINE = InnoDB;
