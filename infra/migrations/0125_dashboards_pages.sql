-- Lists of staff are of everything, whether anybody may see it or not.
CREATE INDEX ON read.films (sort_title, id);
CREATE INDEX ON read.people (sort_name, id);
