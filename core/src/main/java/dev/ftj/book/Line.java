package dev.ftj.book;

import dev.ftj.book.JobBook.Sighting;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/**
 * One line of a book: a JSON object that tells what happened. Which fields it has depends on its kind; instants are
 * milliseconds since 1970, since formatting a date costs a short process more than all the rest of its line.
 *
 * @param kind one of the constants, another word of a later version, or empty
 * @param everywhere forgotten: from the recent jobs, too
 * @param listed seen: in a row of a list alone, so that it is not the last job shown
 * @param ids rows: the jobs in the order of the rows
 * @param timeline seen: the changes of the status up to this line, as {@link Shelf} collects them; only a compaction
 *     writes them down
 */
record Line(
        String kind,
        @Nullable String id,
        @Nullable String name,
        @Nullable String status,
        @Nullable String alias,
        @Nullable String note,
        @Nullable Instant at,
        boolean everywhere,
        boolean listed,
        List<String> ids,
        List<Sighting> timeline) {
    static final String HEADER = "book";
    static final String SEEN = "seen";
    static final String SAVED = "saved";
    static final String FORGOTTEN = "forgotten";
    static final String ROWS = "rows";

    private static final int LONGEST_TIMELINE = 32;

    /** Escapes all but ASCII: so half a surrogate pair, or a line separator, in a job's name is harmless. */
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    static Line seen(String id, @Nullable String name, @Nullable String status, Instant at) {
        return new Line(SEEN, id, name, status, null, null, millis(at), false, false, List.of(), List.of());
    }

    static Line listed(String id, @Nullable String name, @Nullable String status, Instant at) {
        return new Line(SEEN, id, name, status, null, null, millis(at), false, true, List.of(), List.of());
    }

    static Line saved(String id, @Nullable String alias, @Nullable String note, Instant at) {
        return new Line(SAVED, id, null, null, alias, note, millis(at), false, false, List.of(), List.of());
    }

    static Line forgotten(String id, boolean everywhere) {
        return new Line(FORGOTTEN, id, null, null, null, null, null, everywhere, false, List.of(), List.of());
    }

    static Line rows(List<String> ids) {
        return new Line(ROWS, null, null, null, null, null, null, false, false, List.copyOf(ids), List.of());
    }

    Line withAliasAndNote(@Nullable String newAlias, @Nullable String newNote) {
        return new Line(kind, id, name, status, newAlias, newNote, at, everywhere, listed, ids, timeline);
    }

    /** This line with the timeline of its job: that of the line before, and its own status where it is another. */
    Line after(@Nullable Line before) {
        if (listed && before != null && !before.listed) {
            return shown().after(before);
        }
        // a line of a compaction has all of it
        List<Sighting> earlier = timeline.isEmpty() && before != null ? before.timeline : timeline;
        if (status == null
                || at == null
                || (!earlier.isEmpty()
                        && earlier.get(earlier.size() - 1).status().equals(status))) {
            return earlier == timeline ? this : withTimeline(earlier);
        }
        List<Sighting> longer = new ArrayList<>(earlier);
        longer.add(new Sighting(status, at));
        return withTimeline(longer);
    }

    /** The same of a job that was not only listed, but shown as well. */
    private Line shown() {
        return new Line(kind, id, name, status, alias, note, at, everywhere, false, ids, timeline);
    }

    private Line withTimeline(List<Sighting> sightings) {
        return new Line(kind, id, name, status, alias, note, at, everywhere, listed, ids, newest(sightings));
    }

    private static List<Sighting> newest(List<Sighting> sightings) {
        return List.copyOf(sightings.subList(Math.max(0, sightings.size() - LONGEST_TIMELINE), sightings.size()));
    }

    /** What no reader could tell from this line alone. */
    private boolean hasPast() {
        return timeline.size() > 1
                || (timeline.size() == 1
                        && !(timeline.get(0).status().equals(status)
                                && timeline.get(0).at().equals(at)));
    }

    /** What every line of a kind and a job begins with, as written by {@link #toBytes}. */
    static byte[] beginning(String kind, String id) {
        byte[] whole = new Line(kind, id, null, null, null, null, null, false, false, List.of(), List.of()).toBytes();
        return Arrays.copyOf(whole, whole.length - "}\n".length());
    }

    /** @return ends with a line feed, and has no other */
    byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(160);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeStringProperty("kind", kind);
            write(json, "id", id);
            write(json, "name", name);
            write(json, "status", status);
            write(json, "alias", alias);
            write(json, "note", note);
            if (at != null) {
                json.writeNumberProperty("at", at.toEpochMilli());
            }
            if (everywhere) {
                json.writeBooleanProperty("everywhere", true);
            }
            if (listed) {
                json.writeBooleanProperty("listed", true);
            }
            if (kind.equals(ROWS)) {
                json.writeArrayPropertyStart("ids");
                ids.forEach(json::writeString);
                json.writeEndArray();
            }
            if (hasPast()) {
                json.writeArrayPropertyStart("timeline");
                for (Sighting sighting : timeline) {
                    json.writeStartObject();
                    json.writeStringProperty("status", sighting.status());
                    json.writeNumberProperty("at", sighting.at().toEpochMilli());
                    json.writeEndObject();
                }
                json.writeEndArray();
            }
            json.writeEndObject();
        }
        bytes.write('\n');
        return bytes.toByteArray();
    }

    /** @return null when these bytes are not exactly one JSON object */
    static @Nullable Line read(byte[] bytes, int from, int length) {
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), bytes, from, length)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            Line line = readFields(json);
            return json.nextToken() == null ? line : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    /** A field of an unexpected type counts as missing. */
    private static Line readFields(JsonParser json) {
        String kind = null;
        String id = null;
        String name = null;
        String status = null;
        String alias = null;
        String note = null;
        Instant at = null;
        boolean everywhere = false;
        boolean listed = false;
        List<String> ids = List.of();
        List<Sighting> timeline = List.of();
        for (String field = json.nextName(); field != null; field = json.nextName()) {
            json.nextToken();
            switch (field) {
                case "kind" -> kind = text(json);
                case "id" -> id = text(json);
                case "name" -> name = text(json);
                case "status" -> status = text(json);
                case "alias" -> alias = text(json);
                case "note" -> note = text(json);
                case "at" -> at = instant(json);
                case "everywhere" -> everywhere = json.currentToken() == JsonToken.VALUE_TRUE;
                case "listed" -> listed = json.currentToken() == JsonToken.VALUE_TRUE;
                case "ids" -> ids = texts(json);
                case "timeline" -> timeline = sightings(json);
                default -> json.skipChildren();
            }
        }
        return new Line(kind == null ? "" : kind, id, name, status, alias, note, at, everywhere, listed, ids, timeline);
    }

    private static @Nullable String text(JsonParser json) {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            return json.getString();
        }
        json.skipChildren();
        return null;
    }

    private static @Nullable Instant instant(JsonParser json) {
        if (json.currentToken() == JsonToken.VALUE_NUMBER_INT
                && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            return Instant.ofEpochMilli(json.getLongValue());
        }
        json.skipChildren();
        return null;
    }

    private static List<String> texts(JsonParser json) {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            String text = text(json);
            if (text != null) {
                texts.add(text);
            }
        }
        return List.copyOf(texts);
    }

    private static List<Sighting> sightings(JsonParser json) {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return List.of();
        }
        List<Sighting> sightings = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                json.skipChildren();
                continue;
            }
            Line sighting = readFields(json);
            if (sighting.status != null && sighting.at != null) {
                sightings.add(new Sighting(sighting.status, sighting.at));
            }
        }
        return newest(sightings);
    }

    private static void write(JsonGenerator json, String field, @Nullable String value) {
        if (value != null) {
            json.writeStringProperty(field, value);
        }
    }

    /** What survives a file, so that a book in memory says the same. */
    private static Instant millis(Instant at) {
        return Instant.ofEpochMilli(at.toEpochMilli());
    }
}
