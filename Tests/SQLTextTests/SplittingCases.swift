/// Scripts and the statements in them, by the rules of psql. The oracle test puts the same ones to a real psql.
let splittingCases: [(sql: String, statements: [String])] = [
    // Statements
    ("", []),
    (" \n\t ", []),
    (";;\n ; ", []),
    ("select 1", ["select 1"]),
    ("select 1;", ["select 1"]),
    ("select 1; select 2 ;", ["select 1", "select 2"]),
    ("\n\n  select\n 1\n ;\n", ["select\n 1"]),
    ("select 1;\r\nselect 2;\r\n", ["select 1", "select 2"]),
    ("select 1;\r", ["select 1"]),
    ("\u{FEFF}select 1;", ["select 1"]),
    // Strings
    ("select ';'; select 2", ["select ';'", "select 2"]),
    ("select 'it''s;'; select 2", ["select 'it''s;'", "select 2"]),
    (#"select '\'; select 2"#, [#"select '\'"#, "select 2"]),
    (#"select E'\';'; select 2"#, [#"select E'\';'"#, "select 2"]),
    (#"select e'\\'; select 2"#, [#"select e'\\'"#, "select 2"]),
    (#"select e'a''\';b'; select 2"#, [#"select e'a''\';b'"#, "select 2"]),
    (#"select nE'\'; select 2"#, [#"select nE'\'"#, "select 2"]),
    (#"select U&'\0041;'; select 2"#, [#"select U&'\0041;'"#, "select 2"]),
    (#"select B'01', x'1F', N'a;\'; select 2"#, [#"select B'01', x'1F', N'a;\'"#, "select 2"]),
    ("select 'a'\n  'b;'; select 2", ["select 'a'\n  'b;'", "select 2"]),
    ("select E'a' -- c ; '\n 'b;'; select 2", ["select E'a' -- c ; '\n 'b;'", "select 2"]),
    ("select 'two\n\nlines;'; select 2", ["select 'two\n\nlines;'", "select 2"]),
    // Quoted names
    (#"select 1 as "a;b"; select 2"#, [#"select 1 as "a;b""#, "select 2"]),
    (#"select 1 as "a"";b"; select 2"#, [#"select 1 as "a"";b""#, "select 2"]),
    (#"select 1 as U&"a;"; select 2"#, [#"select 1 as U&"a;""#, "select 2"]),
    (#"select 1 as "it's"; select 2"#, [#"select 1 as "it's""#, "select 2"]),
    // Dollar quotes
    ("select $$;$$; select 2", ["select $$;$$", "select 2"]),
    ("select $a$;$$;$a$; select 2", ["select $a$;$$;$a$", "select 2"]),
    ("select $a$;$ab$;$A$;$a$; select 2", ["select $a$;$ab$;$A$;$a$", "select 2"]),
    ("select $a$ $b$a$; select 2", ["select $a$ $b$a$", "select 2"]),
    ("select $é_1$;'$é_1$; select 2", ["select $é_1$;'$é_1$", "select 2"]),
    ("select a$1$b; select $1$b", ["select a$1$b", "select $1$b"]),
    ("select a$$; select b$$", ["select a$$", "select b$$"]),
    ("select é$$; select 2", ["select é$$", "select 2"]),
    ("select $1; select $", ["select $1", "select $"]),
    ("do $$begin\n-- it's\nend$$; select 2", ["do $$begin\n-- it's\nend$$", "select 2"]),
    // Comments
    ("-- only a comment", []),
    ("-- a; b'\nselect 1", ["select 1"]),
    ("-- carriage return\rselect 1", ["select 1"]),
    ("select 1 -- a; b\n; select 2", ["select 1", "select 2"]),
    ("select 1 -- a\n + 2;", ["select 1 -- a\n + 2"]),
    ("/* a; 'b */ select 1; /* c */", ["select 1"]),
    ("/* a /* b */ ; */ select 1", ["select 1"]),
    ("/*/*/;*/*/ select 1", ["select 1"]),
    ("/**/select 1/***/;/*-- **/select 2", ["select 1", "select 2"]),
    ("select 1 --1;\n;", ["select 1"]),
    ("select 1 @-/* ; */ 2; select 3", ["select 1 @-/* ; */ 2", "select 3"]),
    ("select 1 +-- ;\n 2; select 3", ["select 1 +-- ;\n 2", "select 3"]),
    ("select 1 */* ; */ 2; select 3", ["select 1 */* ; */ 2", "select 3"]),
    ("select 1 - - 2 / * 3; select 4", ["select 1 - - 2 / * 3", "select 4"]),
    // Parentheses
    ("create rule r as on insert to t do (a; b); x", ["create rule r as on insert to t do (a; b)", "x"]),
    ("select (1;(2);3); select 4", ["select (1;(2);3)", "select 4"]),
    ("select 1); select 2", ["select 1)", "select 2"]),
    ("select ('('); select 2", ["select ('(')", "select 2"]),
    ("select a[1;2]", ["select a[1", "2]"]),
    // Routines with a body in SQL
    (
        "create function f() returns int begin atomic select 1; select 2; end; x",
        ["create function f() returns int begin atomic select 1; select 2; end", "x"]
    ),
    (
        "CREATE OR REPLACE PROCEDURE p() BEGIN ATOMIC SELECT CASE WHEN 1=1 THEN CASE 2 WHEN 3 THEN 4 END END; END; x",
        [
            "CREATE OR REPLACE PROCEDURE p() BEGIN ATOMIC SELECT CASE WHEN 1=1 THEN CASE 2 WHEN 3 THEN 4 END END; END",
            "x",
        ]
    ),
    (
        "create function f() begin atomic select (case when 1=1 then 1 end); end; x",
        ["create function f() begin atomic select (case when 1=1 then 1 end); end", "x"]
    ),
    (
        "create/**/function f() begin atomic end; begin; x; end;",
        ["create/**/function f() begin atomic end", "begin", "x", "end"]
    ),
    ("create function f() begin atomic a; end;;; x", ["create function f() begin atomic a; end", "x"]),
    ("create view begin atomic a; end;", ["create view begin atomic a", "end"]),
    ("select case when a then b; end; x", ["select case when a then b", "end", "x"]),
    // Variables of psql and other colons
    ("select :name, :'name', :\"name\"; x", ["select :name, :'name', :\"name\"", "x"]),
    ("select 1::text, a[1:2]; x", ["select 1::text, a[1:2]", "x"]),
    // Lines of pg_dump
    ("\\restrict abc;'\nselect 1;\n\\unrestrict abc;'\n", ["select 1"]),
]
