package dev.ftj;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ftj.FineTuneException.Kind;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
    @ParameterizedTest
    @CsvSource({
        "https://host, https://host/v0.5, host",
        "https://host/, https://host/v0.5, host",
        "https://host///, https://host/v0.5, host",
        "https://host/v0.5, https://host/v0.5, host",
        "https://host/v0.5//, https://host/v0.5, host",
        "HTTPS://HOST:443/, https://host/v0.5, host",
        "https://host/v0.6, https://host/v0.6, host",
        "https://host/v0.6//, https://host/v0.6, host",
        "https://host/gate/v0.6, https://host/gate/v0.6, host",
        "https://host:8443, https://host:8443/v0.5, host:8443",
        "https://host/gate/way, https://host/gate/way/v0.5, host",
        "https://host/v2/gate, https://host/v2/gate/v0.5, host",
        "' https://host\n', https://host/v0.5, host",
        "http://127.0.0.1:80, http://127.0.0.1/v0.5, 127.0.0.1",
        "http://127.255.0.9:8080, http://127.255.0.9:8080/v0.5, 127.255.0.9:8080",
        "http://localhost:8080, http://localhost:8080/v0.5, localhost:8080",
        "http://[::1]:8080, http://[::1]:8080/v0.5, [::1]:8080"
    })
    void aBaseUrlEndsInTheVersion(String text, String url, String host) {
        assertThat(Endpoint.of(text)).hasToString(url).isEqualTo(Endpoint.of(url));
        assertThat(Endpoint.of(text).host()).isEqualTo(host);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "host",
                "host:80",
                "ftp://host",
                "https://",
                "https:///v0.5",
                "https://host:99999",
                "https://host:0",
                "https://host/v0.7",
                "https://host/v1",
                "https://host/v2/",
                "https://host/v0.5/fine-tune/jobs",
                "https://host/v0.5/fine-tune/jobs/",
                "https://host/v0.5/fine-tune/jobs/ftj-1",
                "https://host/v0.5/fine-tune",
                "https://host/v0.5/files/metadata",
                "https://host/fine-tune/jobs",
                "https://host/gateway/fine-tune/status",
                "https://host/v0.6/fine_tuning/jobs",
                "https://host?x",
                "https://host#x",
                "https://host/?",
                "https://ho st",
                "https://host/..",
                "https://host/a/./b",
                "https://host/%2e%2E/b",
                "https://host/.%2e",
                "http://host",
                "http://127.0.0.300",
                "http://127.0.0.256",
                "http://127.1",
                "http://localhost.evil.example",
                "http://0.0.0.0",
                "http://10.0.0.1",
                "http://127.0.0.1.example",
                "http://[::2]",
                "http://0x7f.0.0.1",
                "http://2130706433",
                "https://host\\@evil",
                "javascript:alert(1)"
            })
    void anythingElseIsRefused(String text) {
        FineTuneException e = catchThrowableOfType(FineTuneException.class, () -> Endpoint.of(text));
        assertThat(e.kind()).isEqualTo(Kind.USAGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://user:hunter2@host", "https://hunter2@host", "http://hunter2@127.0.0.1",
                        "https://a:hunter2@ho st",
                "https://@host", "https://user:hunter2@", "hunter2@host", "https://host?key=hunter2"
            })
    void aPasswordIsNeverShown(String text) {
        FineTuneException e = catchThrowableOfType(FineTuneException.class, () -> Endpoint.of(text));
        assertThat(e.kind()).isEqualTo(Kind.USAGE);
        assertThat(e).hasMessageNotContaining("hunter2").hasNoCause();
    }

    @Test
    void theEnvironmentNamesItOrTheDefaultCounts() {
        assertThat(Endpoint.fromEnvironment(Map.of())).isEqualTo(Endpoint.DEFAULT);
        assertThat(Endpoint.fromEnvironment(Map.of("ATAI_API_ENDPOINT", " "))).isEqualTo(Endpoint.DEFAULT);
        assertThat(Endpoint.fromEnvironment(Map.of("ATAI_API_ENDPOINT", "https://host")))
                .hasToString("https://host/v0.5");
    }

    @ParameterizedTest
    @CsvSource({"https://host, v0.5", "https://host/v0.5, v0.5", "https://host/gate/v0.6/, v0.6"})
    void theVersionIsTheLastSegment(String text, String version) {
        assertThat(Endpoint.of(text).version()).isEqualTo(version);
    }

    @Test
    void anotherVersionIsAtTheSamePlace() {
        Endpoint endpoint = Endpoint.of("http://127.0.0.1:8080/gate");
        assertThat(endpoint.withVersion("v0.6")).hasToString("http://127.0.0.1:8080/gate/v0.6");
        assertThat(endpoint.withVersion("v0.6").withVersion("v0.5")).isEqualTo(endpoint);
    }
}
