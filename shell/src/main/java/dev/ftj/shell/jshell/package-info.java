/**
 * {@code ftj-jshell SCRIPT}: runs a jshell script in this JVM, and stops where it fails.
 *
 * <p>A short tour: {@link dev.ftj.shell.jshell.RunScript} is the program. It reads a {@code ScriptSource}, which
 * {@code Splitter} cuts into {@code Snippet}s by their {@code Tokens}. A {@code ScriptRun} has {@code PartCompiler}
 * compile them, as many at once as imports allow, and runs them one by one; what stops it is an {@code Ending}, put into
 * words by {@code Explanation}. {@link dev.ftj.shell.jshell.Prelude} is what a script has without an import. Nothing of
 * Spring Shell is needed here, or on the class path.
 */
@NullMarked
package dev.ftj.shell.jshell;

import org.jspecify.annotations.NullMarked;
