package dev.ftj.sandbox;

import java.util.Map;

/** One HTTP answer; the length is counted where it is sent. */
record Answer(int status, String contentType, String body, Map<String, String> headers) {

    static Answer json(int status, String body) {
        return new Answer(status, "application/json", body, Map.of());
    }

    static Answer html(int status, String body) {
        return new Answer(status, "text/html", body, Map.of());
    }

    static Answer text(int status, String body) {
        return new Answer(status, "text/plain", body, Map.of());
    }

    Answer with(String header, String value) {
        return new Answer(status, contentType, body, Map.of(header, value));
    }
}
