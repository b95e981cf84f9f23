package dev.ftj.internal.http;

/** The key, as far as requests need it. */
public interface Credentials {
    /** Returns the value of the {@code Authorization} header. */
    String authorization();

    /** Returns the text with the key replaced. */
    String redact(String text);

    /** Returns the text with the key replaced, in whatever case: for the names of headers. */
    String redactAnyCase(String text);
}
