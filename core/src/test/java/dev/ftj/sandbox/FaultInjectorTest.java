package dev.ftj.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ftj.sandbox.FaultInjector.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FaultInjectorTest {
    private static final String REQUEST =
            "{\"name\": \"n\", \"id\": \"%s\", \"config\": {\"datasets\": [{\"name\": \"d\","
                    + " \"split\": \"train\", \"file_ids\": [\"file-1\"]}]}}";

    @RegisterExtension
    final SandboxClient client =
            new SandboxClient(Sandbox.builder().weather(Sandbox.Weather.STORMY).start());

    /** The faults of the default seed. */
    private final List<Fault> faults = faults(8, 40);

    @Test
    void theFirstFortyRequestsMeetEveryFaultAndAThirdOfAllMeetsOne() {
        assertThat(faults).contains(Fault.values());
        assertThat(faults(9, 40)).isNotEqualTo(faults);
        assertThat(faults(8, 10_000)).filteredOn(fault -> fault != Fault.NONE).hasSizeBetween(3000, 3600);
    }

    @Test
    void everyRequestMeetsTheFaultOfItsSeed() throws IOException {
        for (Fault fault : faults) {
            String response = client.raw(
                    "GET /v0.5/fine-tune/jobs/" + Sandbox.SAMPLE_JOB_ID + " HTTP/1.1",
                    "Host: 127.0.0.1:" + client.port(),
                    "Authorization: " + client.key());

            assertThat(response).as(fault.name()).matches(pattern(fault));
        }
    }

    /** Returns a pattern of the whole response. */
    private static String pattern(Fault fault) {
        return switch (fault) {
            case NONE, DELAYED -> "(?s)HTTP/1.1 200 .*\\.yaml\"\n}";
            case INTERNAL_ERROR -> "(?s)HTTP/1.1 500 .*internal_error.*}";
            case BAD_GATEWAY -> "(?s)HTTP/1.1 502 .*</html>\n";
            case UNAVAILABLE -> "(?s)HTTP/1.1 503 .*Retry-after: 1\r.*service_unavailable.*}";
            case GATEWAY_TIMEOUT -> "(?s)HTTP/1.1 504 .*upstream request timeout";
            case RATE_LIMITED -> "(?s)HTTP/1.1 429 .*Retry-after: 1\r.*rate_limit_exceeded.*}";
            case CONNECTION_CLOSED -> "";
            case BODY_CUT -> "(?s)HTTP/1.1 200 (?!.*inference_config_path).*\"name\": .*";
        };
    }

    @Test
    void aCreationIsCarriedOutEntirelyOrNotAtAllEvenIfItsResponseIsLost() {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < faults.size(); i++) {
            String id = "storm-" + i;
            try {
                client.create(REQUEST.formatted(id));
            } catch (UncheckedIOException e) {
                // expected of some faults
            }
            if (faults.get(i).reachesApi()) {
                expected.add(id);
            }
        }
        assertThat(client.sandbox.jobIds().stream().filter(id -> id.startsWith("storm-")))
                .isEqualTo(expected)
                .hasSizeGreaterThan(20);
    }

    private static List<Fault> faults(long seed, int requests) {
        FaultInjector injector = new FaultInjector(Sandbox.Weather.STORMY, seed);
        return Stream.generate(injector::next).limit(requests).toList();
    }
}
