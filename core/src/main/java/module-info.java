/**
 * The client of the fine-tune API: {@link dev.ftj} is the library, {@link dev.ftj.script} its static helpers for jshell and
 * notebooks, {@link dev.ftj.sandbox} a simulated API for tests.
 */
// Does not provide JJava's Extension: an explicit module that provides a service cannot start where the service's type
// is
// missing. Notebook kernels use the class path and find it in META-INF/services.
module dev.ftj {
    requires transitive okhttp3;
    requires transitive org.jspecify;
    requires jdk.httpserver;
    requires jdk.security.auth;
    requires tools.jackson.databind;

    exports dev.ftj;
    exports dev.ftj.sandbox;
    exports dev.ftj.script;
}
