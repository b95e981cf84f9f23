package dev.ftj.sandbox;

import static dev.ftj.sandbox.SandboxClient.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SandboxTest {
    @RegisterExtension
    final SandboxClient client = new SandboxClient();

    private final Sandbox sandbox = client.sandbox;

    @Test
    void itNamesItsEndpointAndItsKey() {
        assertThat(sandbox.endpoint()).matches("http://127\\.0\\.0\\.1:\\d+/v0\\.5");
        assertThat(sandbox.apiKey()).isEqualTo(Sandbox.DEFAULT_API_KEY).hasSizeGreaterThanOrEqualTo(20);
        assertThat(sandbox).hasToString("Sandbox at " + sandbox.endpoint());
    }

    @Test
    void everyListedIdAnswersAndNoneIsListedTwice() {
        List<String> ids = sandbox.jobIds();

        assertThat(ids).doesNotHaveDuplicates().startsWith(Sandbox.SAMPLE_JOB_ID);
        for (String id : ids) {
            assertThat(id.codePointCount(0, id.length())).isBetween(1, 64);
            HttpResponse<String> response = client.get(id);
            if (id.startsWith("ftj-error-")) {
                assertThat(response.statusCode()).as(id).isGreaterThanOrEqualTo(400);
            } else {
                assertThat(response.statusCode()).as(id).isEqualTo(200);
                assertThat(text(response, "/id")).isEqualTo(id);
            }
        }
    }

    @Test
    void closingFreesThePortAndClosingAgainDoesNothing() {
        sandbox.close();
        sandbox.close();

        assertThat(sandbox.endpoint()).contains(":" + client.port());
        assertThatThrownBy(() -> URI.create(sandbox.endpoint() + "/").toURL().getContent())
                .isInstanceOf(ConnectException.class);
    }

    @Test
    void aPortCanBeChosenAndATakenOneIsReported() {
        assertThatThrownBy(() -> Sandbox.builder().port(client.port()).start())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("cannot listen on 127.0.0.1:" + client.port());
        sandbox.close();
        try (Sandbox again = Sandbox.builder().port(client.port()).start()) {
            assertThat(again.endpoint()).isEqualTo(sandbox.endpoint());
        }
    }

    @Test
    void aChosenKeyIsTheOnlyOneAccepted() {
        try (Sandbox other = Sandbox.builder().apiKey("sk_chosen_by_the_test").start()) {
            SandboxClient guest = new SandboxClient(other);
            assertThat(guest.get(Sandbox.SAMPLE_JOB_ID).statusCode()).isEqualTo(200);
            assertThat(guest.send("GET", "/fine-tune/status", List.of(client.key()), "")
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void invalidSettingsAreRefused() {
        for (double speed : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> Sandbox.builder().speed(speed)).isInstanceOf(IllegalArgumentException.class);
        }
        for (int number : new int[] {-1, 65536}) {
            assertThatThrownBy(() -> Sandbox.builder().port(number)).isInstanceOf(IllegalArgumentException.class);
        }
        for (String key : List.of("", "sk two", "sk_\n", "sk_é")) {
            assertThatThrownBy(() -> Sandbox.builder().apiKey(key))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining("sk");
        }
    }
}
