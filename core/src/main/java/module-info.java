/**
 * The client of the fine-tune API: {@link dev.ftj} is the library, {@link dev.ftj.script} its static helpers for jshell and
 * notebooks, {@link dev.ftj.sandbox} a simulated API for tests.
 */
// Provides no service: a module that provides one needs the service's type at run time, here JJava's. Notebook kernels
// use
// the class path, and META-INF/services.
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
