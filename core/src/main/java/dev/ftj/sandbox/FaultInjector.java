package dev.ftj.sandbox;

import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Chooses a fault for each request if faults are on; the same for the same seed. */
final class FaultInjector {
    static final Duration DELAY = Duration.ofSeconds(1);

    /** The fault of one request. */
    enum Fault {
        NONE(67, true, 0),
        DELAYED(6, true, 0),
        INTERNAL_ERROR(4, false, 500),
        BAD_GATEWAY(4, false, 502),
        UNAVAILABLE(4, false, 503),
        RATE_LIMITED(5, false, 429),
        CONNECTION_CLOSED(4, false, 0),
        GATEWAY_TIMEOUT(3, true, 504),
        BODY_CUT(3, true, 0);

        private final int percent;
        private final boolean reachesApi;
        private final int status;

        Fault(int percent, boolean reachesApi, int status) {
            this.percent = percent;
            this.reachesApi = reachesApi;
            this.status = status;
        }

        /** Whether the API carries the request out, even if its response is lost. */
        boolean reachesApi() {
            return reachesApi;
        }

        /** Returns the error that replaces the API's response; null if none does. */
        @Nullable
        ErrorResponse error() {
            if (status == 0) {
                return null;
            }
            ErrorResponse error = ErrorResponse.of(ErrorResponse.JOB_ID_PREFIX + status);
            return status == 503 ? error.with("Retry-After", "1") : error;
        }
    }

    private final boolean isStormy;
    private final Random random;

    FaultInjector(Sandbox.Weather weather, long seed) {
        isStormy = weather == Sandbox.Weather.STORMY;
        random = new Random(seed);
    }

    synchronized Fault next() {
        int left = isStormy ? random.nextInt(100) : 0;
        for (Fault fault : Fault.values()) {
            left -= fault.percent;
            if (left < 0) {
                return fault;
            }
        }
        throw new AssertionError("the percentages add up to 100");
    }
}
