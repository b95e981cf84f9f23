package dev.ftj.sandbox;

import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What happens to requests on their way there and back: a third of them meet something, the same ones for the same seed. */
final class Storm {
    /** By how much a slow answer is late. */
    static final Duration DELAY = Duration.ofSeconds(1);

    private static final Answer INTERNAL_ERROR = Answer.json(500, """
            {"error": {"code": "internal_error", "message": "Something went wrong on our side."}}""");
    private static final Answer BAD_GATEWAY = Answer.html(502, """
            <html>
            <head><title>502 Bad Gateway</title></head>
            <body><center><h1>502 Bad Gateway</h1></center></body>
            </html>
            """);
    private static final Answer UNAVAILABLE = Answer.json(503, """
            {"errors": [{"code": "service_unavailable", "message": "The service is overloaded."}]}""").with("Retry-After", "1");
    private static final Answer GATEWAY_TIMEOUT = Answer.text(504, "upstream request timeout");
    private static final Answer TOO_MANY_REQUESTS = Answer.json(429, """
            {"error": {"code": "rate_limit_exceeded", "message": "Too many requests.",
              "details": {"retry_after": 1}}}""").with("Retry-After", "1");

    /** One request's share of the weather. */
    enum Gust {
        NONE(67, true, null),
        SLOW(6, true, null),
        FAILED(4, false, INTERNAL_ERROR),
        NOT_PASSED_ON(4, false, BAD_GATEWAY),
        TURNED_AWAY(4, false, UNAVAILABLE),
        SENT_BACK(5, false, TOO_MANY_REQUESTS),
        HUNG_UP(4, false, null),
        TIMED_OUT(3, true, GATEWAY_TIMEOUT),
        CUT_SHORT(3, true, null);

        private final int percent;
        private final boolean carriedOut;

        @SuppressWarnings("ImmutableEnumChecker") // made by Answer alone, of Map.of
        private final @Nullable Answer instead;

        Gust(int percent, boolean carriedOut, @Nullable Answer instead) {
            this.percent = percent;
            this.carriedOut = carriedOut;
            this.instead = instead;
        }

        /** Whether the API gets to see the request; what it answers may be lost all the same. */
        boolean isCarriedOut() {
            return carriedOut;
        }

        /** What the client gets in place of the API's answer; null where that is its own, or what is left of it. */
        @Nullable
        Answer instead() {
            return instead;
        }
    }

    private final boolean isStormy;
    private final Random random;

    Storm(Sandbox.Weather weather, long seed) {
        isStormy = weather == Sandbox.Weather.STORMY;
        random = new Random(seed);
    }

    synchronized Gust next() {
        if (!isStormy) {
            return Gust.NONE;
        }
        int left = random.nextInt(100);
        for (Gust gust : Gust.values()) {
            left -= gust.percent;
            if (left < 0) {
                return gust;
            }
        }
        throw new AssertionError("the percents of all gusts are a hundred");
    }
}
