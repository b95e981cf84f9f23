/**
 * Static helpers for jshell and notebooks: {@code import static dev.ftj.script.FineTune.*;}, and {@code job("ftj-1")}
 * is a job.
 *
 * <p>A short tour: {@link dev.ftj.script.FineTune} is what is imported. Its calls go through the newest of the
 * {@code ScriptContexts}: a client, and the job book of its endpoint. {@link dev.ftj.script.SandboxScope} is one to a
 * simulated API, in use until it is closed.
 */
@NullMarked
package dev.ftj.script;

import org.jspecify.annotations.NullMarked;
