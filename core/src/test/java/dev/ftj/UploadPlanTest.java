package dev.ftj;

import static dev.ftj.UploadServer.body;
import static dev.ftj.UploadServer.stored;
import static dev.ftj.Wire.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ftj.FineTuneException.Kind;
import java.util.ArrayList;
import java.util.List;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans and URLs of servers that no upload can follow, or only just. */
class UploadPlanTest extends UploadCase {
    @ParameterizedTest
    @CsvSource({"1, %d", "0, '\"p%d\"'", "7, %d.0"})
    void partNumbersAreSentBackAsTheyCame(int first, String format) {
        server.parts(20);
        server.firstNumber = first;
        server.numberFormat = format;
        upload();
        assertThat(body(server.seen("/complete").get(0)))
                .startsWith("{\"parts\":[{\"part_number\":" + format.formatted(first) + ",");
    }

    @Test
    void everyPrintableCharacterOfAUrlIsSentAsItCameOrRefused() {
        List<Character> refused = new ArrayList<>();
        for (char c = '!'; c <= '~'; c++) {
            String odd = "/storage/0/x" + c + "y?a" + c + "b=%2f%7E" + c;
            server = new UploadServer(mock);
            server.parts(20);
            String target = odd.replace("\\", "\\\\").replace("\"", "\\\"");
            server.url = number -> target;
            server.answer("", request -> request.getMethod().equals("PUT") ? stored("t") : null);
            try {
                upload();
                String sent = odd.indexOf('#') < 0 ? odd : odd.substring(0, odd.indexOf('#'));
                assertThat(server.puts())
                        .as("%s", c)
                        .singleElement()
                        .satisfies(put -> assertThat(put.getTarget()).isEqualTo(sent));
            } catch (FineTuneException e) {
                assertThat(e.kind()).as("%s", c).isEqualTo(Kind.UNREADABLE);
                assertThat(server.puts()).as("%s", c).isEmpty();
                refused.add(c);
            }
        }
        assertThat(refused).containsExactly('\\');
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/storage/a/../0?x", "/storage/%2e%2E/0", "/storage//0/", "/storage/./0?", "/storage/0?a=1&a=&&b"
            })
    void segmentsAndParametersOfAUrlAreSentAsTheyCame(String target) {
        server.parts(20);
        server.url = number -> target;
        server.answer("", request -> request.getMethod().equals("PUT") ? stored("t") : null);
        upload();
        assertThat(server.puts())
                .singleElement()
                .extracting(RecordedRequest::getTarget)
                .isEqualTo(target);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "it has no parts|",
                "part 1 overlaps the one before|0,10,9,11",
                "no part holds the bytes from 10 to 11|0,10,11,9",
                "no part holds the bytes from 0 to 1|1,19",
                "no part holds the bytes from 10 to 20|0,10",
                "part 1 is not within the file|0,10,10,11",
                "part 0 is not within the file|0,0,0,20",
                "part 0 is not within the file|-1,21",
                "part 0 is not within the file|0,9223372036854775807"
            })
    void aPlanThatCannotBeFollowedIsRefusedBeforeTheFirstByte(String why, String places) {
        String[] numbers = places == null ? new String[0] : places.split(",");
        for (int i = 0; i < numbers.length; i += 2) {
            server.parts.add(new long[] {Long.parseLong(numbers[i]), Long.parseLong(numbers[i + 1])});
        }
        assertRefused(why);
    }

    private void assertRefused(String why) {
        FineTuneException e = failure();
        assertThat(e.kind().exitCode()).isEqualTo(5);
        assertThat(e).hasMessageContaining("the server's plan for the upload cannot be followed: " + why);
        assertThat(server.puts()).isEmpty();
    }

    @Test
    void aPlanForAnotherSizeIsRefused() {
        server.parts(20);
        server.top = "\"total_bytes\": 21, ";
        assertRefused("it is for 21 bytes, and the file has 20");
    }

    @Test
    void twoPartsOfOneNumberAreRefused() {
        server.parts(10, 10);
        server.numberFormat = "3";
        assertRefused("it has two parts 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "", "a b", "\\u0000"})
    void anUploadIdThatIsNoPathSegmentIsRefused(String id) {
        server.parts(20);
        server.uploadId = id;
        assertRefused("it has no upload_id that can be used");
    }

    @Test
    void anUploadIdStaysOneSegmentOfThePath() {
        server.parts(20);
        server.uploadId = "../../x?y#z";
        upload();
        assertThat(UploadServer.path(server.seen("/complete").get(0)))
                .isEqualTo("/v0.5/files/uploads/..%2F..%2Fx%3Fy%23z/complete");
    }

    @ParameterizedTest
    @CsvSource({
        "http://storage.example.com/x?secret, plain http to another machine",
        "http://10.0.0.1/x?secret, plain http to another machine",
        "https://user:pw@storage.example.com/x?secret, a user name or password",
        "https://user@storage.example.com/x?secret, a user name or password",
        "ftp://storage.example.com/x?secret, not a URL",
        "file:///etc/passwd?secret, not a URL",
        "/relative?secret, not a URL",
        "'https://storage.example.com/a b?secret', not a URL"
    })
    void aUrlThatMustNotBeUsedIsRefusedBeforeTheFirstByte(String url, String why) {
        server.parts(20);
        String plan =
                "{\"upload_id\": \"u\", \"parts\": [{\"part_number\": 0, \"offset\": 0, \"length\": 20, \"url\": \""
                        + url + "\"}]}";
        server.answer("/initiate", request -> answer(200, plan));
        FineTuneException e = failure();
        assertThat(e.kind().exitCode()).isEqualTo(5);
        assertThat(e).hasMessageContaining("the URL of part 0 cannot be used").hasMessageContaining(why);
        assertThat(e.getMessage()).doesNotContain("secret");
        assertThat(server.puts()).isEmpty();
    }

    @Test
    void aRenewedUrlIsCheckedAsWell() {
        server.parts(20);
        server.first("/storage/0", answer(403, ""));
        server.answer("/urls", request -> {
            server.url = number -> "http://storage.example.com/x";
            return null;
        });
        assertThat(failure()).hasMessageContaining("plain http to another machine");
    }

    @Test
    void aPartNumberOfNoUseIsRefused() {
        server.parts(20);
        server.numberFormat = "\"%d" + "9".repeat(100_000) + "\"";
        assertThat(failure()).hasMessageContaining("a part has no part_number that can be used");
    }

    @Test
    void aHostileAnswerIsAnErrorOfThatUpload() {
        for (String bad : List.of(
                "", "[]", "null", "{}", "{\"upload_id\": 3}", "<html>", "{\"upload_id\": \"u\", \"parts\": 3}")) {
            server = new UploadServer(mock);
            server.answer("/initiate", request -> answer(200, bad));
            assertThat(failure().kind()).as(bad).isEqualTo(Kind.UNREADABLE);
        }
        server = new UploadServer(mock);
        server.parts(20);
        server.answer("/complete", request -> answer(200, "[]"));
        server.answer("/metadata/train.jsonl", request -> answer(404, ""));
        assertThat(failure().kind()).isEqualTo(Kind.UNREADABLE);
    }
}
