package dev.ftj.internal.http;

import java.util.regex.Pattern;

/** Recognizes this machine by its loopback names and addresses. */
public final class Loopback {
    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern IPV4 = Pattern.compile("127(\\." + OCTET + "){3}");

    private Loopback() {}

    /** Whether a URL's host is 127.0.0.0/8, ::1 (with or without brackets) or localhost, in lower case. */
    public static boolean is(String host) {
        String address = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        return host.equals("localhost")
                || address.equals("::1")
                || address.equals("0:0:0:0:0:0:0:1")
                || IPV4.matcher(host).matches();
    }
}
