package dev.ftj.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PresignedUrlTest {
    @Test
    void aRemoteApiCannotHaveAFileSentToAServiceOfThisMachine() {
        assertThat(PresignedUrl.exact("http://127.0.0.1:9000/x?a=b", true)).hasToString("http://127.0.0.1:9000/x?a=b");
        assertThat(PresignedUrl.exact("https://storage.example/x", false)).hasToString("https://storage.example/x");
        for (String host : new String[] {"127.0.0.1:9000", "localhost", "[::1]"}) {
            assertThatThrownBy(() -> PresignedUrl.exact("http://" + host + "/x", false))
                    .isInstanceOf(HttpFailure.class)
                    .hasMessageContaining("plain http to this machine");
        }
    }
}
