package io.tandem.dbrouter.routing;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SqlWritesTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
			INSERT INTO link VALUES (1)                                    | INSERT
			  update link set visits = 1                                   | UPDATE
			delete from link                                               | DELETE
			/* ours */ -- and ours\\n# too\\n REPLACE INTO link VALUES (1)   | REPLACE
			(((TRUNCATE TABLE link)))                                      | TRUNCATE
			create table x (id int)                                        | CREATE
			/*!50000 DROP TABLE link */                                    | DROP
			with a as (select 1), b as (select 2) delete from link         | DELETE
			with recursive a (n) as (select 1 union select n + 1 from a) update link set visits = 1 | UPDATE
			select * from link where code = ? for update                   | SELECT … FOR UPDATE
			select * from link for share skip locked                       | SELECT … FOR SHARE
			(select * from link) lock in share mode                        | SELECT … LOCK IN SHARE MODE
			with a as (select 1) select * from link for update             | SELECT … FOR UPDATE
			select 1; delete from link                                     | DELETE
			select ';' from link; ; insert into link values (1)            | INSERT
			load data infile 'x' into table link                           | LOAD
			lock tables link write                                         | LOCK
			""")
	void findsWhatWrites(String sql, String verb) {
		assertThat(SqlWrites.find(sql.replace("\\n", "\n"))).isEqualTo(verb);
	}

	@ParameterizedTest
	@ValueSource(strings = { "select 1", "SELECT 'insert into link', `update` FROM link",
			"select \"for update\" from link", "select 'it''s for update' from link",
			"select 'it\\'s' for_update from link", "select l.delete from link l",
			"select replace(code, 'a', 'b') from link", "select 1 -- for update", "select 1 /* for update */",
			"show create table link", "explain delete from link", "describe link", "set @a = 1", "call visits(1)",
			"{ call visits(?) }", "{ ? = call visits(?) }", "with a as (select 'x' as delete_me) select * from a",
			"(select 1) union (select 2)", "values row(1)", "table link", "use tandem", "do sleep(0)", "", ";", "'",
			"/* open", "select count(*) from link where visits > 10 --" })
	void letsReadsPass(String sql) {
		assertThat(SqlWrites.find(sql)).isNull();
	}

}
